import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A tensor as a vector gives it: flat data, 64-bit integers as digits, what JSON cannot say as text. */
export interface VectorTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly VectorScalar[];
}

/** One element. */
export type VectorScalar =
  number | string | boolean | { readonly utf8: string } | { readonly base64: string };

/** What a signature declares of a tensor; `shape` is null where the vector gives none. */
export interface VectorTensorInfo {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[] | null;
}

/** The feature of an example. */
export interface VectorFeature {
  readonly type: "float" | "int64" | "bytes" | null;
  readonly values: readonly VectorScalar[];
}

/** An example: features by name. */
export type VectorExample = Readonly<Record<string, VectorFeature>>;

/** The decoded meaning of a vector: which members it has follows from what kind of vector it is. */
export interface VectorValues {
  readonly signature_name?: string | null;
  readonly inputs?: Readonly<Record<string, VectorTensor>>;
  readonly outputs?: Readonly<Record<string, VectorTensor>>;
  readonly context?: VectorExample | null;
  readonly examples?: readonly VectorExample[];
  readonly results?: readonly (
    VectorScalar | readonly { readonly label: string; readonly score: VectorScalar }[]
  )[];
  readonly versions?: readonly {
    readonly version: string;
    readonly state: string;
    readonly error_code: string;
    readonly error_message: string;
  }[];
  readonly model?: string | { readonly name: string; readonly version: string };
  readonly version?: string | null;
  readonly label?: string | null;
  readonly message?: string;
  readonly signatures?: Readonly<
    Record<
      string,
      {
        readonly method_name: string;
        readonly inputs: readonly VectorTensorInfo[];
        readonly outputs: readonly VectorTensorInfo[];
      }
    >
  >;
}

/** One case of `tf-serving.json`; the README beside that file says what its members mean. */
export interface Vector {
  readonly name: string;
  readonly kind: "request" | "response" | "error" | "metadata" | "status";
  readonly method: "predict" | "classify" | "regress" | "status" | "metadata" | null;
  readonly format?: "row" | "columnar" | "examples" | null;
  readonly signature?: {
    readonly inputs: readonly VectorTensorInfo[];
    readonly outputs: readonly VectorTensorInfo[];
  } | null;
  readonly values: VectorValues | null;
  readonly wire: string | null;
  readonly client_should_emit?: boolean;
  readonly client_can_reject_before_sending?: boolean;
  readonly url_only?: boolean;
  readonly expect_error?: {
    readonly stage: "request" | "response" | "http" | "any";
    readonly http_status: number;
    readonly message_contains: string | null;
    readonly body: string | null;
  } | null;
  readonly request?: { readonly verb: string; readonly path: string; readonly body?: string } | null;
}

const path = fileURLToPath(new URL("../../../shared/vectors/tf-serving.json", import.meta.url));

/** Whether the vectors lie beside this repository; tests that need them are skipped where they do not. */
export const haveVectors: boolean = existsSync(path);

/** All vectors in their order; none where the file is not there. */
export const vectors: readonly Vector[] = readVectors();

function readVectors(): readonly Vector[] {
  if (haveVectors) return JSON.parse(readFileSync(path, "utf8"));
  console.log(`Skipped: the vectors of TensorFlow Serving are not at ../shared/vectors/tf-serving.json.`);
  return [];
}
