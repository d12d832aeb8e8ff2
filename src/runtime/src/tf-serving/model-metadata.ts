import { DeploymentError, shown } from "../errors.js";
import { isRecord, ownMember } from "../own-member.js";

/** A tensor as the server states it. */
export interface MetadataTensor {
  readonly name: string;
  /** TensorFlow's own name, such as `DT_FLOAT`; without the `_REF` of a variable. */
  readonly dtype: string;
  /** -1 for a dimension of any length, null where the rank is not known. */
  readonly shape: readonly number[] | null;
}

/** A signature as the server states it, callable or not. */
export interface MetadataSignature {
  readonly name: string;
  readonly methodName: string;
  /** Sorted by name, as the outputs: the server's own order is arbitrary. */
  readonly inputs: readonly MetadataTensor[];
  readonly outputs: readonly MetadataTensor[];
}

/** What the server states of one version of the model. */
export interface ModelMetadata {
  readonly model: { readonly name: string; readonly version: string };
  /** Sorted by name. */
  readonly signatures: readonly MetadataSignature[];
}

type Members = Readonly<Record<string, unknown>>;

/**
 * The metadata that a reply's JSON states, in snake case or, as tools that turn gRPC into JSON write it, in camel case
 * with defaults left out; `bad-reply` where it states none.
 */
export function parseModelMetadata(root: unknown): ModelMetadata {
  const reply = members(root);
  const signatures = members(
    either(members(either(members(either(reply, "metadata")), "signature_def")), "signature_def"),
  );
  if (reply === undefined || signatures === undefined) {
    throw new DeploymentError(
      "bad-reply",
      `The reply to a request for metadata is ${shown(root)}, which states no signatures.`,
    );
  }
  const model = members(either(reply, "model_spec"));
  return {
    model: { name: text(either(model, "name")), version: versionText(either(model, "version")) },
    signatures: sorted(signatures, (name, value) => {
      const signature = members(value);
      return {
        name,
        methodName: text(either(signature, "method_name")),
        inputs: sorted(members(either(signature, "inputs")), parseTensor),
        outputs: sorted(members(either(signature, "outputs")), parseTensor),
      };
    }),
  };
}

function parseTensor(name: string, value: unknown): MetadataTensor {
  const tensor = members(value);
  const dtype = text(either(tensor, "dtype")) || "DT_INVALID";
  return {
    name,
    dtype: dtype.replace(/_REF$/, ""),
    shape: parseShape(members(either(tensor, "tensor_shape"))),
  };
}

function parseShape(shape: Members | undefined): readonly number[] | null {
  if (shape === undefined || either(shape, "unknown_rank") === true) return null;
  const dimensions = either(shape, "dim");
  if (dimensions === undefined) return [];
  if (!Array.isArray(dimensions)) return null;
  return dimensions.map((dimension: unknown) => {
    const size = either(members(dimension), "size") ?? 0;
    const length = typeof size === "string" && /^-?\d+$/.test(size) ? Number(size) : size;
    if (typeof length === "bigint") return Number(length);
    if (typeof length === "number" && Number.isSafeInteger(length)) return length;
    throw new DeploymentError("bad-reply", `The metadata has ${shown(size)} for the length of a dimension.`);
  });
}

function sorted<Result>(
  given: Members | undefined,
  parse: (name: string, value: unknown) => Result,
): readonly Result[] {
  return Object.keys(given ?? {})
    .sort()
    .map((name) => parse(name, given?.[name]));
}

function members(value: unknown): Members | undefined {
  return isRecord(value) ? value : undefined;
}

/** The member of that name in snake case, or of the same name in camel case. */
function either(object: Members | undefined, name: string): unknown {
  if (object === undefined) return undefined;
  return (
    ownMember(object, name) ??
    ownMember(
      object,
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    )
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function versionText(value: unknown): string {
  return typeof value === "number" || typeof value === "bigint" ? String(value) : text(value);
}
