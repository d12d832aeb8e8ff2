import type { MemoryHandler } from "@gen-deploy/runtime";
import type { MockSettings } from "@gen-deploy/runtime/testing/modelbit";
import type { BoundDeployment } from "../bind/bound-deployment.js";

/** What answers as the system of a deployment does; each system's code is loaded only when it is asked for. */
export async function createMockHandler(
  bound: BoundDeployment,
  settings: MockSettings,
): Promise<MemoryHandler> {
  switch (bound.system) {
    case "rows":
      return (await import("@gen-deploy/runtime/testing/rows")).mockHandler(bound.deployment, settings);
    case "tf-serving":
      return (await import("@gen-deploy/runtime/testing/tf-serving")).mockHandler(bound.deployment, settings);
    case "modelbit":
      return (await import("@gen-deploy/runtime/testing/modelbit")).mockHandler(bound.deployment, settings);
    case "cog":
      return (await import("@gen-deploy/runtime/testing/cog")).mockHandler(bound.deployment, settings);
    case "service":
      return (await import("@gen-deploy/runtime/testing/service")).mockHandler(bound.deployment, settings);
  }
}
