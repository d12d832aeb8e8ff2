import type { CodecSpec } from "@gen-deploy/runtime";
import type { DeploymentModel, FeatureModel, OperationModel, RowModel } from "../model/deployment-model.js";
import { list, literal, object, reference, type Value } from "./package-plan.js";
import { labelsOf, type LabelKeys } from "./row-types.js";

/** The descriptor of a deployment: the model in the runtime's vocabulary, label sets by reference. */
export function descriptor(model: DeploymentModel, main: OperationModel, labelKeys: LabelKeys): Value {
  return object([
    ["title", literal(model.title)],
    ["url", literal(model.url)],
    ["auth", json(model.auth)],
    ["description", description(model, main)],
    ["operations", object([["predict", operation(main, labelKeys)]])],
  ]);
}

function description(model: DeploymentModel, main: OperationModel): Value {
  if (model.live === null) return literal(null);
  return object([
    ["url", literal(model.live.url)],
    ["inputs", literal(main.input.pointer)],
    ["outputs", literal(main.output.pointer)],
    ["rest", object(model.live.rest.map(({ pointer, fingerprint }) => [pointer, literal(fingerprint)]))],
  ]);
}

function operation(main: OperationModel, labelKeys: LabelKeys): Value {
  return object([
    ["method", literal(main.method)],
    ["path", literal(main.path)],
    ["framing", json(main.framing)],
    ["inputs", features(main.input, labelKeys)],
    ["outputs", features(main.output, labelKeys)],
  ]);
}

function features(row: RowModel, labelKeys: LabelKeys): Value {
  return object(row.features.map((feature) => [feature.wireName, featureValue(feature, labelKeys(feature))]));
}

function featureValue(feature: FeatureModel, labelKey: string | undefined): Value {
  return object([
    ["codec", codecValue(feature.codec, labelKey)],
    ["optional", feature.required ? undefined : literal(true)],
    ["fingerprint", literal(feature.fingerprint)],
  ]);
}

function codecValue(codec: CodecSpec, labelKey: string | undefined): Value {
  const value = json(codec);
  if (labelKey === undefined || labelsOf(codec) === null || value.kind !== "object") return value;
  return object(
    value.members.map(([name, member]) =>
      name === "labels" ? [name, reference("labels", labelKey)] : [name, member],
    ),
  );
}

/** Plain JSON as an expression. */
export function json(value: unknown): Value {
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean"
  ) {
    return literal(value);
  }
  if (Array.isArray(value)) return list(value.map(json));
  if (typeof value === "object")
    return object(Object.entries(value).map(([name, member]) => [name, json(member)]));
  throw new TypeError(`no JSON: ${typeof value}`);
}
