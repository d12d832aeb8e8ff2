import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { summaryReporter } from "./test/summary-reporter.js";

const runtime = fileURLToPath(new URL("./src/runtime/src", import.meta.url));

export default defineConfig({
  resolve: {
    // Tests run on sources: the runtime's package name leads to its files, not to what was built of them last.
    alias: [
      { find: /^#transport$/, replacement: `${runtime}/http/transport-undici.ts` },
      { find: /^@gen-deploy\/runtime$/, replacement: `${runtime}/index.ts` },
      {
        find: /^@gen-deploy\/runtime\/(coders|cog|late|modelbit|service|tf-serving)$/,
        replacement: `${runtime}/$1/index.ts`,
      },
      { find: /^@gen-deploy\/runtime\/fingerprint$/, replacement: `${runtime}/verify/fingerprint.ts` },
      { find: /^@gen-deploy\/runtime\/(?!package\.json)(.+)$/, replacement: `${runtime}/$1.ts` },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    typecheck: {
      enabled: true,
      include: ["test/**/*.test-d.ts"],
      tsconfig: "test/tsconfig.types.json",
    },
    // Many tests wait for processes that they start, or for compilers: no core is left idle meanwhile.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: { provider: "v8", include: ["src/runtime/src/**"] },
    reporters: ["default", summaryReporter()],
  },
});
