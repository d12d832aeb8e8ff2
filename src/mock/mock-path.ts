import type { BoundDeployment } from "../bind/bound-deployment.js";

/** The path under which clients call a mock: that of the description's address, or one as the system has them. */
export function mockPath({ system, deployment }: BoundDeployment): string {
  const { url, title } = deployment;
  if (url !== null && URL.canParse(url)) return new URL(url).pathname.replace(/\/+$/, "");
  const name =
    title
      .replace(/[^A-Za-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .toLowerCase() || "model";
  switch (system) {
    case "rows":
      return "/deployment/mock/forward";
    case "tf-serving":
      return `/v1/models/${name}`;
    case "modelbit":
      return `/v1/${name}/latest`;
    case "cog":
    case "service":
      return "";
  }
}
