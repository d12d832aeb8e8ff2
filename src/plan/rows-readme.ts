import { literal, type ReadmePlan } from "./package-plan.js";
import type { ClientJob } from "./plan-client.js";
import { exampleRow } from "./readme-example.js";
import { featureTables } from "./readme-tables.js";

/** The front page of a package whose deployment takes and gives rows. */
export function planRowsReadme({ model, main, packageName }: ClientJob): ReadmePlan {
  return {
    title: model.title,
    doc: model.doc,
    packageName,
    example: {
      options: model.url === null ? [["url", literal("https://example.com/deployment/forward")]] : [],
      needsToken: model.auth.length > 0,
      method: "predict",
      arguments: [exampleRow(main.input)],
      each: false,
    },
    paragraphs: [
      "`client.predictMany(rows)` takes any number of rows, and `client.predictStream(source)` an endless source of them. Every failure is a `DeploymentError` with a closed `code`. `client.verify()` rejects when the live deployment is no longer the one that is described here.",
    ],
    tables: featureTables(main),
  };
}
