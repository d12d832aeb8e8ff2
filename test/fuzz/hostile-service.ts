import fc from "fast-check";
import type { JsonShape } from "@gen-deploy/runtime";
import type { DeploymentModel, FeatureModel, NamedShapeModel } from "../../src/model/deployment-model.js";
import { feature, namedShape, operation, service } from "../plan/service-model.js";
import { hostileText } from "./hostile-text.js";

/** Names that the rest of a package has for itself. */
const takenText = fc.constantFrom(
  ...["Input", "Output", "Client", "Shapes", "Operations", "Known", "Strangers", "Checked", "labels"],
  ...["Labels", "Open", "FileInput", "RemoteFile", "ErrorReply", "ServiceClient", "StreamOperation"],
  ...["Partial", "Record", "Uint8Array", "Array", "String", "Object", "Symbol", "components", "paths"],
  ...["file", "File", "image", "link", "predict", "Predict", "PREDICT", "predict_2", "predictInput"],
);
const name = fc.oneof({ weight: 3, arbitrary: hostileText }, { weight: 2, arbitrary: takenText });
const scalar = fc.oneof(name, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
const values = fc.oneof(
  fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
  fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 4 }),
  fc.uniqueArray(scalar, { minLength: 1, maxLength: 4 }),
);
const bound = fc.integer({ min: 0, max: 12 });
const edge = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));

/** Shapes of every kind, which call others by one of `names`. */
function shapeOf(names: readonly string[]): fc.Arbitrary<JsonShape> {
  const { shape } = fc.letrec<{ shape: JsonShape }>((tie) => ({
    shape: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fc.record({
        type: fc.constantFrom("any" as const, "null" as const, "text" as const, "boolean" as const),
      }),
      fc.record(
        { type: fc.constantFrom("number" as const, "integer" as const), min: edge, below: edge },
        { requiredKeys: ["type"] },
      ),
      fc.record({ type: fc.constant("enum" as const), values }),
      fc.record(
        {
          type: fc.constant("file" as const),
          form: fc.constantFrom("base64" as const, "binary" as const, "data-url" as const, "uri" as const),
          mediaType: fc.oneof(hostileText, fc.constantFrom("image/png", "image/jpeg")),
        },
        { requiredKeys: ["type", "form"] },
      ),
      fc.record({ type: fc.constant("named" as const), name: fc.constantFrom(...names, "nobody") }),
      fc.record(
        { type: fc.constant("list" as const), items: tie("shape"), min: bound, max: bound },
        { requiredKeys: ["type", "items"] },
      ),
      bound.chain((length) =>
        fc.record({
          type: fc.constant("list" as const),
          items: tie("shape"),
          min: fc.constant(length),
          max: fc.constant(length),
        }),
      ),
      fc.record(
        {
          type: fc.constant("tuple" as const),
          items: fc.array(tie("shape"), { maxLength: 3 }),
          rest: tie("shape"),
        },
        { requiredKeys: ["type", "items"] },
      ),
      fc.record(
        {
          type: fc.constant("record" as const),
          values: tie("shape"),
          keys: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
        },
        { requiredKeys: ["type", "values"] },
      ),
      objectOf(tie("shape")),
      fc.record({
        type: fc.constant("union" as const),
        of: fc.array(tie("shape"), { minLength: 1, maxLength: 4 }),
      }),
    ),
  }));
  return shape;
}

function objectOf(shape: fc.Arbitrary<JsonShape>): fc.Arbitrary<JsonShape> {
  const member = fc.record({ shape, optional: fc.constant(true as const) }, { requiredKeys: ["shape"] });
  const members = fc
    .uniqueArray(fc.tuple(name, member), { maxLength: 5, selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries));
  return fc.record(
    { type: fc.constant("object" as const), members, rest: fc.oneof(fc.constant(false as const), shape) },
    { requiredKeys: ["type", "members"] },
  );
}

function namedShapes(names: readonly string[]): fc.Arbitrary<readonly NamedShapeModel[]> {
  const shape = shapeOf(names);
  const one = fc.record({
    shape: fc.oneof({ weight: 2, arbitrary: objectOf(shape) }, { weight: 1, arbitrary: shape }),
    doc: hostileText,
    side: fc.constantFrom("input" as const, "output" as const, "both" as const),
  });
  return fc.tuple(
    ...names.map((key) =>
      one.map(({ shape: inner, doc, side }) => {
        const members = inner.type === "object" ? Object.keys(inner.members) : [];
        const docs = Object.fromEntries(members.map((member) => [member, doc]));
        return namedShape(key, inner, { doc, docs, side });
      }),
    ),
  );
}

function operations(names: readonly string[]): fc.Arbitrary<DeploymentModel["operations"]> {
  const shape = shapeOf(names);
  const parameters = fc.uniqueArray(fc.tuple(name, shape, fc.boolean(), hostileText), {
    maxLength: 3,
    selector: ([key]) => key,
  });
  const one = fc.record({
    id: name,
    method: fc.constantFrom("GET" as const, "POST" as const, "DELETE" as const),
    path: hostileText.map((text) => `/${text}`),
    doc: hostileText,
    parameters,
    body: fc.option(shape, { nil: undefined }),
    bodyOptional: fc.boolean(),
    output: shape,
    stream: fc.boolean(),
    errors: fc.dictionary(fc.constantFrom("400", "422", "4XX", "default"), shape, { maxKeys: 3 }),
  });
  return fc.array(
    one.map(({ parameters: given, body, bodyOptional, id, ...rest }) => {
      const features: readonly FeatureModel[] = given
        .filter(([key]) => key !== "body")
        .map(([key, inner, required, doc]) => feature(key, inner, required, doc));
      return operation({
        ...rest,
        id: id === "" ? `${rest.method} ${rest.path}` : id,
        parameters: features,
        ...(body === undefined ? {} : { body, at: features.length === 0 ? "whole" : "member" }),
        ...(bodyOptional ? { bodyOptional: true } : {}),
      });
    }),
    { minLength: 1, maxLength: 4 },
  );
}

/** A model of a service whose every free text is hostile, and whose shapes are of every kind. */
export const hostileService: fc.Arbitrary<DeploymentModel> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 5 })
  .chain((names) => fc.tuple(operations(names), namedShapes(names), hostileText))
  .map(([given, shapes, title]) => service(given, shapes, title));
