import { fingerprintAt } from "@gen-deploy/runtime/fingerprint";
import type { CogFraming, JsonShape } from "@gen-deploy/runtime";
import type { RowModel } from "../model/deployment-model.js";
import { objectAt, ownText } from "../spec/openapi-tree.js";
import type { ShapeReader } from "../spec/schema-shape.js";
import type { Located, ResolvedSpec } from "../spec/spec-types.js";
import { component } from "./cog-marker.js";

/** What a model gives, and how it comes. */
export interface DescribedOutput {
  readonly form: CogFraming["output"];
  readonly row: RowModel;
}

/** The output: the component `Output`, or what `PredictionResponse` has for one; any value where neither is stated. */
export function outputRow(spec: ResolvedSpec, reader: ShapeReader): DescribedOutput {
  const response = component(spec, "PredictionResponse");
  const stated = component(spec, "Output") ?? objectAt(spec, response, "properties", "output");
  const { form, shape } = stated === undefined ? untyped : readForm(spec, reader, stated);
  const pointer = stated?.pointer ?? "/components/schemas";
  const doc = ownText(stated?.value, "description").trim();
  const fingerprint = (stated && fingerprintAt(spec.root, pointer)) ?? "";
  const feature = {
    wireName: "output",
    doc,
    required: true,
    codec: { kind: "json", shape },
    fingerprint,
  } as const;
  return {
    form,
    row: { features: [feature], bare: true, stream: form !== "value", pointer, wireType: null },
  };
}

interface ReadForm {
  readonly form: CogFraming["output"];
  /** Of the whole output, or of each item. */
  readonly shape: JsonShape;
}

const untyped: ReadForm = { form: "value", shape: { type: "any" } };

function readForm(spec: ResolvedSpec, reader: ShapeReader, stated: Located): ReadForm {
  if (ownText(stated.value, "x-cog-array-type") !== "iterator")
    return { form: "value", shape: reader.read(stated, { side: "output", name: "Output" }) };
  const items = spec.member(stated, "items");
  const shape: JsonShape =
    items === undefined ? { type: "any" } : reader.read(items, { side: "output", name: "OutputItem" });
  const joined = ownText(stated.value, "x-cog-array-display") === "concatenate" && shape.type === "text";
  return { form: joined ? "text" : "list", shape };
}
