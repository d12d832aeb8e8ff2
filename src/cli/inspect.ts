import type { DeploymentModel, FeatureModel, OperationModel } from "../model/deployment-model.js";
import { exitStatus, type ExitStatus } from "./exit-status.js";
import { reportDiagnostics } from "./report-error.js";
import { openSpec, type Session } from "./session.js";
import { toCompileOptions } from "./settings.js";
import { shapeLabels, shapeRows, shapeWords } from "./shape-text.js";
import { toOneLine } from "./terminal.js";

type AuthScheme = DeploymentModel["auth"][number];
type CodecSpec = FeatureModel["codec"];

/** `gen-deploy inspect <spec>`: shows what the description says. */
export async function inspect(session: Session): Promise<ExitStatus> {
  const { settings, terminal } = session;
  const { text, loadExternal, metadata } = await openSpec(session);
  const options = await toCompileOptions(settings, metadata);
  const { describe } = await import("../compile.js");
  const { spec, model, diagnostics } = await describe(text, options, { loadExternal });
  if (settings.json) {
    terminal.printJson({ ok: true, model, diagnostics });
  } else if (!settings.quiet) {
    reportDiagnostics(terminal, diagnostics, spec.document);
    terminal.print(headText(model));
    for (const operation of model.operations) terminal.print(`\n${await operationText(operation, model)}`);
  }
  return exitStatus.done;
}

function headText({ title, dialect, url, auth }: DeploymentModel): string {
  return [
    `title    ${toOneLine(title)}`,
    `dialect  ${dialect}`,
    `url      ${url === null ? "not stated: give it to createClient" : toOneLine(url)}`,
    `auth     ${auth.length === 0 ? "none" : auth.map(authText).join(", or ")}`,
  ].join("\n");
}

function authText(scheme: AuthScheme): string {
  return scheme.kind === "api-key" ? `API key in the ${scheme.in} ${toOneLine(scheme.name)}` : scheme.kind;
}

async function operationText(operation: OperationModel, { shapes }: DeploymentModel): Promise<string> {
  const { id, method, path, input, output } = operation;
  const { default: Table } = await import("cli-table3");
  const table = new Table({
    head: ["", "feature", "type", "shape", "labels"],
    style: { head: [], border: [] },
  });
  const add = (side: string, feature: FeatureModel): void => {
    for (const one of rowsOf(feature, isArgument(operation, feature), shapes)) table.push([side, ...one]);
  };
  for (const feature of input.features) add("input", feature);
  for (const feature of output.features) add("output", feature);
  return `operation ${toOneLine(id)}  ${method}${path === "" ? "" : ` ${toOneLine(path)}`}\n${table.toString()}`;
}

/** Whether a feature is a body that is the argument itself, or whose members stand among the others. */
function isArgument({ framing, input }: OperationModel, feature: FeatureModel): boolean {
  const hasBody = framing.protocol === "http" && framing.body !== null && framing.body.at !== "member";
  return hasBody && feature === input.features.at(-1);
}

/** A feature, and what it holds where its schema says so. */
function rowsOf(
  { wireName, required, codec }: FeatureModel,
  isBare: boolean,
  shapes: DeploymentModel["shapes"] = [],
): readonly (readonly string[])[] {
  if (codec.kind !== "json") return [row(wireName, required, codec)];
  const value = { name: isBare ? "" : wireName, shape: codec.shape, optional: !required };
  return shapeRows(value, shapes).map(({ name, shape, optional }) =>
    row(name === "" ? wireName : name, !optional, { kind: "json", shape }),
  );
}

function row(wireName: string, required: boolean, codec: CodecSpec): readonly string[] {
  const name = cut(toOneLine(wireName), 40);
  return [required ? name : `${name} (optional)`, typeText(codec), shapeText(codec), labelsText(codec)];
}

function typeText(codec: CodecSpec): string {
  switch (codec.kind) {
    case "tensor":
      if (codec.form === "nested" && codec.assumed === true) return "number array (dtype not stated)";
      return codec.form === "nested" ? `${codec.dtype} array` : `${codec.dtype} array (${codec.form})`;
    case "example":
      return `${codec.type ?? "any"} feature${codec.list ? " (list)" : ""}`;
    case "image":
      return `image (${codec.mediaTypes.map((type) => toOneLine(type.replace(/^image\//, ""))).join(", ")})`;
    case "number":
      return `number${rangeText(codec)}`;
    case "json":
      return toOneLine(shapeWords(codec.shape));
    default:
      return codec.kind;
  }
}

function rangeText({ min, max }: { readonly min?: number; readonly max?: number }): string {
  return min === undefined && max === undefined ? "" : ` ${min ?? "…"} to ${max ?? "…"}`;
}

function shapeText(codec: CodecSpec): string {
  if (codec.kind === "tensor")
    return codec.shape?.map((length) => (length === -1 ? "any" : length)).join(" × ") ?? "any rank";
  if (codec.kind === "image") return codec.shape?.join(" × ") ?? "";
  return codec.kind === "probabilities" ? String(codec.size ?? codec.labels?.length ?? "") : "";
}

function labelsText(codec: CodecSpec): string {
  if (codec.kind === "json") return labelList(shapeLabels(codec.shape).map(String));
  if (codec.kind !== "label" && codec.kind !== "probabilities") return "";
  return codec.labels === null ? "not stated" : labelList(codec.labels);
}

function labelList(labels: readonly string[]): string {
  const shown: string[] = [];
  for (const label of labels) {
    if (shown.join(", ").length + label.length > 48) return `${shown.join(", ")} … (${labels.length})`;
    shown.push(cut(toOneLine(label), 40));
  }
  return shown.join(", ");
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
