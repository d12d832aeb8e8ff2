import fc from "fast-check";
import { hostileText } from "./hostile-text.js";

/** Names that the rest of a package, or JavaScript, has for itself, and such as differ by little. */
const takenText = fc.constantFrom(
  ...["Input", "Output", "Client", "Shapes", "Operations", "Known", "Strangers", "Open", "FileInput"],
  ...["predict", "Predict", "PREDICT", "predict_2", "predictInput", "PredictInput", "body", "result"],
  ...["a/b", "a~b", "a%20b", "components", "schemas", "200", "default", "delete", "type", "$ref"],
);
const name = fc.oneof({ weight: 2, arbitrary: hostileText }, { weight: 2, arbitrary: takenText });

function pointerTo(schema: string): string {
  return `#/components/schemas/${encodeURIComponent(schema.toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1"))}`;
}

/** Schemas of every kind that refer to others by one of `names`. */
function schemaOf(names: readonly string[]): fc.Arbitrary<object> {
  const { schema } = fc.letrec<{ schema: object }>((tie) => {
    const properties = fc
      .uniqueArray(fc.tuple(name, tie("schema")), { maxLength: 4, selector: ([key]) => key })
      .map((entries) => Object.fromEntries(entries));
    return {
      schema: fc.oneof(
        { maxDepth: 3, depthSize: "small" },
        fc.constantFrom<object>(
          ...[{}, { type: "string" }, { type: "integer", minimum: 0 }, { type: "number" }],
          ...[{ type: "boolean" }, { type: "null" }, { type: ["string", "null"] }],
          ...[
            { type: "string", format: "binary" },
            { type: "string", format: "byte" },
          ],
          { type: "string", contentMediaType: "image/png" },
        ),
        fc.constantFrom(...names).map((to) => ({ $ref: pointerTo(to) })),
        fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
        fc.record({ type: fc.constant("array"), items: tie("schema"), maxItems: fc.nat(5) }),
        fc.record({ type: fc.constant("array"), prefixItems: fc.array(tie("schema"), { maxLength: 3 }) }),
        fc.record(
          {
            type: fc.constant("object"),
            title: name,
            description: hostileText,
            properties,
            required: fc.array(name, { maxLength: 3 }),
            additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
          },
          { requiredKeys: ["type", "properties"] },
        ),
        tie("schema").map((values) => ({ type: "object", additionalProperties: values })),
        fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((of) => ({ anyOf: of })),
        fc.array(tie("schema"), { minLength: 1, maxLength: 2 }).map((of) => ({ allOf: of })),
      ),
    };
  });
  return schema;
}

function operationOf(schema: fc.Arbitrary<object>): fc.Arbitrary<object> {
  const content = fc
    .tuple(
      fc.constantFrom(
        "application/json",
        "multipart/form-data",
        "text/event-stream",
        "text/plain",
        "image/png",
      ),
      schema,
    )
    .map(([mediaType, inner]) => ({ [mediaType]: { schema: inner } }));
  const response = fc.record({ description: hostileText, content }, { requiredKeys: ["description"] });
  const parameters = fc.uniqueArray(
    fc.record({
      name: name.map((text) => text || "x"),
      in: fc.constantFrom("query", "header", "cookie"),
      required: fc.boolean(),
      description: hostileText,
      schema,
    }),
    { maxLength: 3, selector: (parameter) => `${parameter.in} ${parameter.name}` },
  );
  return fc.record(
    {
      operationId: name,
      summary: hostileText,
      parameters,
      requestBody: fc.record({ required: fc.boolean(), content }),
      responses: fc.record(
        { "200": response, "422": response, "4XX": response, default: response },
        { requiredKeys: ["200"] },
      ),
    },
    { requiredKeys: ["responses"] },
  );
}

/** An OpenAPI document of a plain service whose every free text is hostile, and whose schemas are of every kind. */
export const hostileOpenApi: fc.Arbitrary<object> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 5 })
  .chain((names) => {
    const schema = schemaOf(names);
    const schemas = fc.tuple(...names.map((key) => schema.map((inner) => [key, inner] as const)));
    const paths = fc.uniqueArray(fc.tuple(hostileText, operationOf(schema)), {
      minLength: 1,
      maxLength: 3,
      selector: ([path]) => path,
    });
    return fc.record({ title: hostileText, doc: hostileText, schemas, paths });
  })
  .map(({ title, doc, schemas, paths }) => ({
    openapi: "3.1.0",
    info: { title, version: "1", description: doc },
    paths: Object.fromEntries(
      paths.map(([path, operation], index) => [`/${path}`, { [index === 1 ? "get" : "post"]: operation }]),
    ),
    components: { schemas: Object.fromEntries(schemas) },
  }));
