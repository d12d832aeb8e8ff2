import { ServingFailure, invalid } from "./tf-serving-failure.js";
import type { ServedExample } from "./tf-serving-examples.js";
import type { ServedTensors } from "./tf-serving-predict.js";
import type { Target } from "./tf-serving-addresses.js";
import type { TensorInfo } from "./tf-serving-tensors.js";

/** What a signature declares, and what it computes. */
export interface ServedSignature {
  readonly name: string;
  /** What TF2 exports give every signature, unless said otherwise. */
  readonly methodName?: string;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Computes the outputs of `:predict`; a `ServingFailure` that it throws is the graph's own. */
  readonly run?: (inputs: ServedTensors, version: bigint) => ServedTensors;
  /** Likewise of `:classify` and `:regress`. */
  readonly runExamples?: (examples: readonly ServedExample[], version: bigint) => ServedTensors;
}

/** A version of a model, whose state may change while the server runs. */
export interface ServedVersion {
  readonly version: bigint;
  state: "UNKNOWN" | "START" | "LOADING" | "AVAILABLE" | "UNLOADING" | "END";
  errorCode?: string;
  errorMessage?: string;
}

/** A model: its versions, the labels that stand for versions, and the signatures of every version. */
export interface ServedModel {
  readonly name: string;
  readonly versions: readonly ServedVersion[];
  readonly labels?: ReadonlyMap<string, bigint>;
  readonly signatures: readonly ServedSignature[];
}

/** The loaded version that a call is for; throws the server's failure. */
export function loadedVersion(
  models: readonly ServedModel[],
  { model: name, version, label }: Target,
): { readonly model: ServedModel; readonly version: bigint } {
  const model = models.find((known) => known.name === name);
  const labelled = label === null ? undefined : model?.labels?.get(label);
  if (label !== null && labelled === undefined)
    throw invalid(`Unrecognized servable version label: ${label}`);
  const asked = labelled ?? version;
  const loaded = newestFirst(model?.versions ?? []).filter(({ state }) => state === "AVAILABLE");
  const found = asked === null ? loaded[0] : loaded.find((known) => known.version === asked);
  if (model !== undefined && found !== undefined) return { model, version: found.version };
  const request = asked === null ? `Latest(${name})` : `Specific(${name}, ${asked})`;
  throw new ServingFailure("NOT_FOUND", `Servable not found for request: ${request}`);
}

/** The signature of that name, or the default one; throws the server's failure. */
export function signatureOf(model: ServedModel, name: string | null): ServedSignature {
  const wanted = name ?? "serving_default";
  const signature = model.signatures.find((known) => known.name === wanted);
  if (signature !== undefined) return signature;
  throw invalid(`Serving signature key "${wanted}" not found.`);
}

/** The body of a status: of one version, or of all, the newest first. A label is not looked at. */
export function statusBody(models: readonly ServedModel[], { model: name, version }: Target): string {
  const versions = models.find((known) => known.name === name)?.versions ?? [];
  if (versions.length === 0)
    throw new ServingFailure("NOT_FOUND", `Could not find any versions of model ${name}`);
  const asked = versions.filter((known) => version === null || known.version === version);
  if (asked.length === 0)
    throw new ServingFailure("NOT_FOUND", `Could not find version ${version} of model ${name}`);
  const model_version_status = newestFirst(asked).map(
    ({ version: number, state, errorCode, errorMessage }) => ({
      version: String(number),
      state,
      status: { error_code: errorCode ?? "OK", error_message: errorMessage ?? "" },
    }),
  );
  return `${JSON.stringify({ model_version_status }, null, 1)}\n`;
}

/** The body of a metadata reply, whose parts the server joins by hand. */
export function metadataBody(models: readonly ServedModel[], target: Target): string {
  const { model, version } = loadedVersion(models, target);
  const spec = { name: model.name, signature_name: "", version: String(version) };
  const signatures = Object.fromEntries(
    model.signatures.map(({ name, methodName, inputs, outputs }) => [
      name,
      {
        inputs: tensorsOf(inputs),
        outputs: tensorsOf(outputs),
        method_name: methodName ?? "tensorflow/serving/predict",
        defaults: {},
      },
    ]),
  );
  const metadata = JSON.stringify({ signature_def: signatures }, null, 1);
  return `{\n"model_spec":${JSON.stringify(spec, null, 1)}\n,\n"metadata": {"signature_def": ${metadata}\n}\n}\n`;
}

function tensorsOf(infos: readonly TensorInfo[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    infos.map(({ name, dtype, shape }) => {
      const dim = (shape ?? []).map((size) => ({ size: String(size), name: "" }));
      return [name, { dtype, tensor_shape: { dim, unknown_rank: shape === null }, name: `${name}:0` }];
    }),
  );
}

function newestFirst(versions: readonly ServedVersion[]): readonly ServedVersion[] {
  return versions.toSorted((a, b) => (a.version < b.version ? 1 : -1));
}
