import { GenDeployError } from "../../src/gen-deploy-error.js";
import { parse } from "../../src/spec/parse.js";
import { resolve, type ExternalLoader } from "../../src/spec/resolve.js";
import type { ResolvedSpec, SpecText } from "../../src/spec/spec-types.js";

/** The text of a description. */
export const main = (text: string): SpecText => ({ name: "spec.json", url: null, text });

/** A description resolved, with other files by their names. */
export async function resolved(
  value: unknown,
  others: Readonly<Record<string, unknown>> = {},
): Promise<ResolvedSpec> {
  const source = main(JSON.stringify(value, null, 2));
  const texts = new Map(
    Object.entries(others).map(([name, other]) => [
      name,
      { name, url: null, text: JSON.stringify(other, null, 2) },
    ]),
  );
  const load: ExternalLoader = (reference) => {
    const text = reference === "spec.json" ? source : texts.get(reference);
    return text === undefined
      ? Promise.reject(new Error(`${reference} does not exist`))
      : Promise.resolve(text);
  };
  return await resolve(parse(source), load);
}

/** Why a description is not resolved. */
export async function failure(
  value: unknown,
  others?: Readonly<Record<string, unknown>>,
): Promise<GenDeployError> {
  const error: unknown = await resolved(value, others).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof GenDeployError) return error;
  throw new Error(`not refused: ${String(error)}`);
}
