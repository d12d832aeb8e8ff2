/** The text of a service's description that takes values of a schema, and gives them. */
export function service(schema: object, schemas: object = {}, title: string = "Pair"): string {
  const holding = (content: object): object => ({
    description: "",
    content: { "application/json": { schema: content } },
  });
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title, version: "1" },
    paths: {
      "/take": {
        post: {
          operationId: "take",
          requestBody: { required: true, ...holding(schema) },
          responses: { "200": holding({ type: "boolean" }) },
        },
      },
      "/give": { get: { operationId: "give", responses: { "200": holding(schema) } } },
    },
    components: { schemas },
  });
}
