import type { HttpFraming } from "@gen-deploy/runtime";
import type { Interpretation } from "../../src/dialects/dialect.js";
import { plain } from "../../src/dialects/plain.js";
import { GenDeployError } from "../../src/gen-deploy-error.js";
import type { OperationModel } from "../../src/model/deployment-model.js";
import { parse } from "../../src/spec/parse.js";
import { resolve } from "../../src/spec/resolve.js";

/** What the user says beside a description. */
export interface Said {
  readonly url?: string;
  readonly operations?: readonly string[];
  readonly labels?: Readonly<Record<string, readonly string[]>>;
}

/** What the dialect makes of a description. */
export async function interpret(description: object, said: Said = {}): Promise<Interpretation> {
  const spec = await resolve(
    parse({ name: "spec.json", url: said.url ?? null, text: JSON.stringify(description) }),
  );
  return plain.interpret(spec, {
    labels: new Map(Object.entries(said.labels ?? {})),
    operations: said.operations ?? [],
  });
}

/** The error that the dialect refuses a description with. */
export async function refusal(description: object, said: Said = {}): Promise<GenDeployError> {
  try {
    await interpret(description, said);
  } catch (error) {
    if (error instanceof GenDeployError) return error;
    throw error;
  }
  throw new Error("the description was accepted");
}

/** A document with these paths. */
export function service(paths: object, more: object = {}): object {
  return { openapi: "3.1.0", info: { title: "T", version: "1" }, paths, ...more };
}

/** A document with the one operation `POST /predict`. */
export function predict(operation: object, more: object = {}): object {
  return service({ "/predict": { post: { operationId: "predict", ...operation } } }, more);
}

/** Content of one media type. */
export function content(schema: unknown, mediaType: string = "application/json"): object {
  return { content: { [mediaType]: { schema } } };
}

/** The first operation of a model with its framing. */
export function mainOf({ model }: Interpretation): OperationModel & { readonly framing: HttpFraming } {
  const [operation] = model.operations;
  if (operation?.framing.protocol !== "http") throw new Error("no operation of a service");
  return { ...operation, framing: operation.framing };
}

/** The inputs of an operation by name: shapes of those that every call has, and of the others with a `?`. */
export function inputsOf({ input }: OperationModel): Record<string, unknown> {
  return Object.fromEntries(
    input.features.map(({ wireName, required, codec }) => [
      required ? wireName : `${wireName}?`,
      codec.kind === "json" ? codec.shape : codec,
    ]),
  );
}
