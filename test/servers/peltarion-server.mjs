import { createServer } from "node:http";

/*
 * A deployment on loopback that speaks the Peltarion Deployment API in code of its own: nothing of the client's is
 * used here. It refuses what the platform refuses, with the platform's error bodies, and computes what it answers.
 */

/**
 * @typedef {object} Deployment
 * @property {unknown} description The OpenAPI document that it serves and by which it judges rows.
 * @property {string} token The bearer token that it asks for.
 * @property {(row: Record<string, unknown>) => Record<string, unknown>} model Computes one output row.
 * @property {(request: { path: string, rows: unknown }) => void} [onRequest] Told of every prediction.
 * @property {string} [allowedOrigin] The origin whose pages a browser lets call it (Fetch Standard §3.3); none by default.
 */

/**
 * Starts the deployment on a free port of 127.0.0.1.
 *
 * @param {Deployment} deployment
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} Where it answers, and how to end it.
 */
export async function startPeltarionServer(deployment) {
  const features = inputFeatures(deployment.description);
  const server = createServer((request, response) => {
    const { allowedOrigin } = deployment;
    if (allowedOrigin !== undefined) response.setHeader("access-control-allow-origin", allowedOrigin);
    if (allowedOrigin !== undefined && request.method === "OPTIONS") return preflight(response);
    void answer(request, deployment, features)
      .catch((error) => failure(500, "INTERNAL", String(error)))
      .then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/deployment/demo/forward`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve(undefined));
      }),
  };
}

/** Allows what a call needs and no more: a client that sends another header is stopped by the browser. */
function preflight(response) {
  response.setHeader("access-control-allow-methods", "POST");
  response.setHeader("access-control-allow-headers", "authorization, content-type");
  response.writeHead(204).end();
}

async function answer(request, deployment, features) {
  if (request.headers.authorization !== `Bearer ${deployment.token}`) {
    request.resume();
    return failure(401, "UNAUTHORIZED", "The access token is not valid for this deployment.");
  }
  if (request.method === "GET" && request.url === "/deployment/demo/openapi.json") {
    return { status: 200, body: deployment.description };
  }
  if (request.method !== "POST" || request.url !== "/deployment/demo/forward") {
    request.resume();
    return failure(404, "NOT_FOUND", "There is no such deployment.");
  }
  const { rows } = await readJson(request);
  if (!Array.isArray(rows)) return failure(400, "BAD_INPUT", "The body must have a list of rows.");
  deployment.onRequest?.({ path: request.url, rows });
  const problem = rows.flatMap((row, index) =>
    problemsOf(row, features).map((text) => `row ${index}: ${text}`),
  )[0];
  if (problem !== undefined) return failure(400, "BAD_INPUT", problem);
  return { status: 200, body: { rows: rows.map((row) => deployment.model(row)) } };
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) ?? {};
  } catch {
    return {};
  }
}

function failure(status, errorCode, errorMessage) {
  return { status, body: { errorCode, errorMessage } };
}

function inputFeatures(description) {
  const properties = description?.components?.schemas?.["input-row"]?.properties ?? {};
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    ...peltarionOf(schema),
    labels: schema.enum ?? peltarionOf(schema).categories ?? peltarionOf(schema).labels,
  }));
}

/** The older generation of descriptions has what the platform adds one level deeper. */
function peltarionOf(schema) {
  return schema["x-peltarion"] ?? schema.extensions["x-peltarion"];
}

function problemsOf(row, features) {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return ["an example must be an object"];
  return features.flatMap((feature) => {
    if (!Object.hasOwn(row, feature.name)) return [`the feature ${feature.name} is missing`];
    return problemOf(row[feature.name], feature);
  });
}

function problemOf(value, { name, type, shape, labels }) {
  if (type === "numeric" && isOne(shape) && !Number.isFinite(value)) return [`${name} must be a number`];
  if (type === "categorical" && labels !== undefined && !labels.includes(value))
    return [`${name} has no category ${value}`];
  if (type === "text" && typeof value !== "string") return [`${name} must be text`];
  return [];
}

/** Whether a feature of this shape is one number; others go as arrays. */
function isOne(shape) {
  return (shape ?? []).every((length) => length === 1);
}
