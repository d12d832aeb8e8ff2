import { bindModel } from "../bind/bind-model.js";
import type { DeploymentModel } from "../model/deployment-model.js";
import { calledOperation, type CalledOperation } from "../score/called-operation.js";
import { UsageError, type ExitStatus } from "./exit-status.js";
import type { PredictSettings } from "./predict-settings.js";
import { openSpec, type Session } from "./session.js";
import { toCompileOptions } from "./settings.js";

/** What a run is about. */
export interface PredictSession extends Session {
  readonly predict: PredictSettings;
  readonly model: DeploymentModel;
  readonly called: CalledOperation;
}

/** `gen-deploy predict <spec> [rows]`: scores a file, or one row, against a live deployment. */
export async function predict(session: Session, told: PredictSettings): Promise<ExitStatus> {
  const { settings } = session;
  if (settings.spec === "-" && told.rows === "-") {
    throw new UsageError(
      "Description and rows cannot both be standard input.",
      "Save one of them to a file.",
    );
  }
  const model = await readModel(session, told);
  const called = calledOperation(model, bindModel(model), told.operation);
  const inner: PredictSession = { ...session, predict: told, model, called };
  if (told.row !== undefined) return await (await import("./predict-row.js")).predictRow(inner, told.row);
  if (settings.dryRun) return await (await import("./predict-check.js")).checkRows(inner);
  return await (await import("./predict-run.js")).runPredictions(inner);
}

async function readModel(session: Session, { url }: PredictSettings): Promise<DeploymentModel> {
  const { settings } = session;
  // Credentials are for the deployment: a description elsewhere is not shown them.
  const described = originOf(settings.spec) ?? originOf(settings.metadata ?? "");
  const isElsewhere = url !== undefined && described !== originOf(url);
  const own = isElsewhere ? { ...settings, headers: [], token: undefined } : settings;
  const { text, loadExternal, metadata } = await openSpec({ ...session, settings: own });
  const options = await toCompileOptions({ ...own, operations: [] }, metadata);
  const { describe } = await import("../compile.js");
  return (await describe(text, options, { loadExternal })).model;
}

function originOf(location: string): string | undefined {
  return /^https?:/i.test(location) && URL.canParse(location) ? new URL(location).origin : undefined;
}
