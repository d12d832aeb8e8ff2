/*
 * An operation comes in, its inputs go out as columns have them: each with a name, what reads its values, and where it
 * stands in the row that the client takes. Of a service these are its parameters and the members of its body.
 */
import type { HttpFraming, JsonShape } from "@gen-deploy/runtime";
import type { NamedShapeModel, OperationModel } from "../model/deployment-model.js";
import { alternativesOf, shapesByName, statedMembers } from "./input-shapes.js";
import { inputReader } from "./parse-input.js";
import type { NestedContext } from "./parse-nested.js";
import { shapeReader } from "./parse-shape.js";
import type { RowFiles, ValueReader } from "./value-reader.js";

/** One input, as a column has it. */
export interface InputField {
  readonly name: string;
  readonly required: boolean;
  readonly reader: ValueReader;
  /** A member of the row, of the row's own `body`, or the whole of what the client takes. */
  readonly at: "row" | "body" | "whole";
}

/** The inputs of an operation. */
export interface RowInputs {
  readonly fields: readonly InputField[];
  /** What reads columns that are no stated input; absent where there may be none. */
  readonly others?: ValueReader;
}

/** What files the rows name, and the shapes that the model calls by name. */
export interface InputsContext {
  readonly shapes: readonly NamedShapeModel[] | undefined;
  readonly files: RowFiles;
}

/** The inputs of `operation`. */
export function mapInputs(operation: OperationModel, { shapes, files }: InputsContext): RowInputs {
  const context: NestedContext = { shapes: shapesByName(shapes), files };
  const { framing, input } = operation;
  if (framing.protocol === "http") return serviceInputs(operation, framing, context);
  if (framing.protocol === "examples" && input.features.length === 0) {
    const others = inputReader({ kind: "example", type: null, list: true }, context, { stacked: false });
    return { fields: [], others };
  }
  const stacked = framing.protocol === "tensors" && framing.batched;
  return {
    fields: input.features.map(({ wireName, required, codec }) => {
      const reader = inputReader(codec, context, { stacked });
      return { name: wireName, required, reader, at: "row" };
    }),
  };
}

function serviceInputs(
  { input }: OperationModel,
  { places, body }: HttpFraming,
  context: NestedContext,
): RowInputs {
  const parameters = input.features.filter(({ wireName }) => Object.hasOwn(places, wireName));
  const payload = input.features.find(({ wireName }) => !Object.hasOwn(places, wireName));
  const fields = parameters.map(({ wireName, required, codec }): InputField => {
    const reader = inputReader(codec, context, { stacked: false });
    return { name: wireName, required, reader, at: "row" };
  });
  if (body === null || payload?.codec.kind !== "json") return { fields };
  const { shape } = payload.codec;
  const optional = body.optional === true;
  const stated = alternativesOf([shape], context.shapes);
  const members = statedMembers(stated);
  const taken = new Set(["body", ...fields.map(({ name }) => name)]);
  const inside = body.at === "member" ? "body" : "row";
  if (members !== undefined && (inside === "row" || ![...members.keys()].some((name) => taken.has(name)))) {
    const inner = [...members].map(([name, member]): InputField => {
      const reader = shapeReader(member.shape, context);
      return { name, required: !optional && member.optional !== true, reader, at: inside };
    });
    return { fields: [...fields, ...inner] };
  }
  const open = inside === "row" ? openValues(stated) : undefined;
  if (open !== undefined) return { fields, others: shapeReader(open, context) };
  const at = body.at === "whole" ? "whole" : "row";
  return {
    fields: [...fields, { name: "body", required: !optional, reader: shapeReader(shape, context), at }],
  };
}

/** What the members of an object are whose names are data; undefined where it is no such object. */
function openValues(stated: ReturnType<typeof alternativesOf>): JsonShape | undefined {
  const [only, ...others] = stated.filter(({ type }) => type !== "null");
  if (others.length > 0) return undefined;
  return only?.type === "record" ? only.values : only?.type === "any" ? only : undefined;
}
