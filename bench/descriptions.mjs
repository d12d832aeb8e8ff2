/*
 * Descriptions of any size, made and not collected: as Peltarion wrote them for a deployment of so many features, and
 * plain OpenAPI to everybody else.
 */

const kinds = [
  (index) => ({
    type: "number",
    description: `Measured value number ${index}, in units of its own.`,
    "x-peltarion": { type: "numeric", shape: [1] },
  }),
  (index, labels) => ({
    type: "string",
    description: `The kind of thing that stands in place ${index}.`,
    enum: Array.from({ length: labels }, (_, label) => `label-${index}-${label}`),
    "x-peltarion": { type: "categorical", shape: [labels] },
  }),
  (index) => ({
    type: "string",
    description: `A sentence about place ${index}.`,
    "x-peltarion": { type: "text", shape: [1] },
  }),
  (index) => ({
    type: "number",
    description: `A share between none and all of ${index}.`,
    "x-peltarion": { type: "numeric", shape: [1] },
  }),
];

/** A description of `features` inputs, taking turns in four kinds, and one output. */
export function describeFeatures(features, { title = `Features ${features}`, labels = 5 } = {}) {
  const inputs = Object.fromEntries(
    Array.from({ length: features }, (_, index) => [
      `feature_${index}`,
      kinds[index % kinds.length](index, labels),
    ]),
  );
  const batch = (row) => ({
    type: "object",
    properties: { rows: { type: "array", items: { $ref: `#/components/schemas/${row}` } } },
  });
  const json = (name) => ({
    "application/json": { schema: { $ref: `#/components/schemas/${name}` } },
  });
  return {
    openapi: "3.0.1",
    info: { title, version: "1.0.0", description: `A deployment with ${features} features.` },
    servers: [{ url: "https://a.example.com" }],
    security: [{ deploymentToken: [] }],
    paths: {
      "/deployment/5b6a3f70-6c5e-4d0c-9d4f-0d3a7d1c2e11/forward": {
        "x-peltarion-tensorjson": true,
        post: {
          operationId: "forward",
          summary: "Predict",
          requestBody: { required: true, content: json("input-row-batch") },
          responses: { 200: { description: "One row for each example.", content: json("output-row-batch") } },
        },
      },
    },
    components: {
      securitySchemes: { deploymentToken: { type: "http", scheme: "bearer" } },
      schemas: {
        "input-row": { type: "object", properties: inputs },
        "input-row-batch": batch("input-row"),
        "output-row": {
          type: "object",
          properties: {
            Weight: {
              type: "number",
              description: "What comes out.",
              "x-peltarion": { type: "numeric", shape: [1] },
            },
          },
        },
        "output-row-batch": batch("output-row"),
      },
    },
  };
}
