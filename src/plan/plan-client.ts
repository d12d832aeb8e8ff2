import type { DeploymentModel, OperationModel } from "../model/deployment-model.js";
import { planCog } from "./cog-plan.js";
import { planCogReadme } from "./cog-readme.js";
import { planModelbit } from "./modelbit-plan.js";
import { planModelbitReadme } from "./modelbit-readme.js";
import type { ClientPlan } from "./package-plan.js";
import { planRows } from "./rows-plan.js";
import { planRowsReadme } from "./rows-readme.js";
import { planService } from "./service-plan.js";
import { planServiceReadme } from "./service-readme.js";
import { planTfServing } from "./tf-serving-plan.js";
import { planTfServingReadme } from "./tf-serving-readme.js";

/** A deployment whose client is planned: its model, the model's main operation, and the package's name. */
export interface ClientJob {
  readonly model: DeploymentModel;
  readonly main: OperationModel;
  readonly packageName: string;
}

/** A choice between systems is a choice of template. */
export function planClient(job: ClientJob): ClientPlan {
  const { model, main } = job;
  switch (main.framing.protocol) {
    case "rows":
      return { source: planRows(model, main), readme: planRowsReadme(job) };
    case "tensors":
    case "examples":
      return { source: planTfServing(model), readme: planTfServingReadme(job) };
    case "http":
      return { source: planService(model), readme: planServiceReadme(job) };
    case "data":
      return { source: planModelbit(model, main), readme: planModelbitReadme(job) };
    case "cog":
      return { source: planCog(model, main), readme: planCogReadme(job) };
  }
}
