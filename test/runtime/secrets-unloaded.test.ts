import { expect, test, vi } from "vitest";
import { DeploymentError } from "../../src/runtime/src/errors.js";
import { createSecrets } from "../../src/runtime/src/http/secrets.js";
import { visibleText } from "./visible-text.js";

// Stands for a browser that has lost its network before the code could come.
vi.mock("../../src/runtime/src/http/redaction.js", () => {
  throw new TypeError("Failed to fetch dynamically imported module");
});

const secrets = createSecrets(["s3cr3t"]);

test("where nobody can look for secrets, nothing is shown but what can be none", async () => {
  const cause = new Error("s3cr3t in the cause");
  const details = { feature: "s3cr3t", serverCode: "s3cr3t", row: 3, status: 400, cause };
  const clean = await secrets.redact(new DeploymentError("rejected", "said s3cr3t", details));
  expect(clean).toMatchObject({ code: "rejected", row: 3, status: 400 });
  expect(visibleText(clean)).not.toContain("s3cr3t");
  expect(await secrets.redact(new Error("s3cr3t"))).toMatchObject({ code: "connection" });
  expect(await secrets.redactText("said s3cr3t")).toBe("[redacted]");
});

test("without secrets nothing is looked for", async () => {
  const error = new Error("refused");
  expect(await createSecrets(["abc"]).redact(error)).toBe(error);
  expect(await createSecrets().redactText("text")).toBe("text");
});
