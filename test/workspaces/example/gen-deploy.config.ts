import { defineConfig } from "gen-deploy";

export default defineConfig({
  defaults: {
    out: "packages",
    package: {
      license: "MIT",
      repository: { type: "git", url: "git+https://git.example.com/team/models.git" },
    },
  },
  deployments: [
    { spec: "models/house-price.json", name: "@example/house-price", out: "packages/house-price" },
    { spec: "models/review-mood.json", name: "@example/review-mood", out: "packages/review-mood" },
  ],
});
