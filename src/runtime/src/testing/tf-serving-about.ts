/*
 * What the mock says of its model: bodies of status and metadata as protobuf prints its messages for the server, one
 * space a level (tensorflow/serving, `model_servers/http_rest_api_handler.cc`).
 */
import type { Dtype } from "../arrays/dtype.js";
import { setOwnMember } from "../own-member.js";
import type { ServedSignature, ServedTensor } from "./tf-serving-signature.js";

const dtypeNames: ReadonlyMap<Dtype, string> = new Map([
  ["bool", "DT_BOOL"],
  ["float16", "DT_HALF"],
  ["float32", "DT_FLOAT"],
  ["float64", "DT_DOUBLE"],
  ["binary", "DT_STRING"],
  ["bytes", "DT_STRING"],
]);

/** The body of a status. */
export function printStatus(version: bigint, isReady: boolean): string {
  const status = { error_code: "OK", error_message: "" };
  const state = isReady ? "AVAILABLE" : "LOADING";
  return `${printed({ model_version_status: [{ version: String(version), state, status }] })}\n`;
}

/** The body of metadata, whose parts the server puts together by hand. */
export function printMetadata(
  model: string,
  version: bigint,
  signatures: ReadonlyMap<string, ServedSignature>,
): string {
  const spec = { name: model, signature_name: "", version: String(version) };
  const known: Record<string, unknown> = {};
  for (const [name, signature] of signatures) setOwnMember(known, name, definition(signature));
  const definitions = printed({ signature_def: known });
  return `{\n"model_spec":${printed(spec)}\n,\n"metadata": {"signature_def": ${definitions}\n}\n}\n`;
}

function definition({ name, inputs, outputs, verb }: ServedSignature): unknown {
  return {
    inputs: tensorInfos(inputs, name),
    outputs: tensorInfos(outputs, "StatefulPartitionedCall"),
    method_name: `tensorflow/serving/${verb ?? "predict"}`,
    defaults: {},
  };
}

function tensorInfos(tensors: readonly ServedTensor[], node: string): unknown {
  const infos: Record<string, unknown> = {};
  for (const [index, { name, dtype, shape }] of tensors.entries()) {
    setOwnMember(infos, name, {
      dtype: dtypeNames.get(dtype) ?? `DT_${dtype.toUpperCase()}`,
      tensor_shape: {
        dim: (shape ?? []).map((length) => ({ size: String(length), name: "" })),
        unknown_rank: shape === null,
      },
      name: node === "StatefulPartitionedCall" ? `${node}:${index}` : `${node}_${name}:0`,
    });
  }
  return infos;
}

function printed(value: unknown): string {
  return JSON.stringify(value, null, 1);
}
