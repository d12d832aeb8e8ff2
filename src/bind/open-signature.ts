import type { ClientOptions } from "@gen-deploy/runtime";
import {
  createTfServingClient,
  type ExampleMethod,
  type ExampleSignature,
  type ExampleVerb,
  type Signature,
  type SignatureDescriptor,
} from "@gen-deploy/runtime/tf-serving";
import type { SignaturesDeployment } from "./bound-deployment.js";
import type { OpenClient } from "./open-client.js";
import { unknownOperation } from "./unknown-operation.js";

/** Rows of any tensors. */
type AnySignature = Signature<unknown, unknown, unknown, unknown>;

/** The rows, or the examples, of a signature of that name, or of the main one of a verb. */
export function openSignature(
  deployment: SignaturesDeployment,
  operation: string | undefined,
  options: ClientOptions,
): OpenClient {
  const { name, verb, signature } = findSignature(deployment, operation);
  const { title, url, auth } = deployment;
  const head = { title, url, auth };
  const { inputs, outputs, batched, features } = signature;
  if (verb === "predict") {
    const tensors: AnySignature = {
      name: signature.name,
      batched: batched === true,
      inputs: inputs ?? {},
      outputs: outputs ?? {},
    };
    const { predict, predictMany } = createTfServingClient<
      { readonly [main]: AnySignature },
      { readonly predict: typeof main }
    >({ ...head, main: { predict: main }, signatures: { [main]: tensors } }, options);
    return { operation: name, inBatches: batched === true, predict, predictMany };
  }
  const method = openExamples({ ...head, name: signature.name, verb, features: features ?? null }, options);
  return {
    operation: name,
    inBatches: true,
    async predict(row, call) {
      const [result] = await method([row], call);
      return result;
    },
    predictMany: (given, call) => method(given, call),
  };
}

/** What the one signature that a client is made of is called there. */
const main = "main";

interface Examples extends Pick<SignaturesDeployment, "title" | "url" | "auth"> {
  readonly name: string;
  readonly verb: ExampleVerb;
  readonly features: NonNullable<SignatureDescriptor["features"]> | null;
}

function openExamples(
  { name, verb, features, ...head }: Examples,
  options: ClientOptions,
): ExampleMethod<unknown, unknown> {
  if (verb === "classify") {
    const signature: ExampleSignature<"classify", unknown> = { name, verb, features };
    const said = { ...head, main: { classify: main }, signatures: { [main]: signature } } as const;
    return createTfServingClient(said, options).classify;
  }
  const signature: ExampleSignature<"regress", unknown> = { name, verb, features };
  const said = { ...head, main: { regress: main }, signatures: { [main]: signature } } as const;
  return createTfServingClient(said, options).regress;
}

interface Found {
  readonly name: string;
  readonly verb: "predict" | ExampleVerb;
  readonly signature: SignatureDescriptor;
}

function findSignature({ main: mains, signatures }: SignaturesDeployment, wanted: string | undefined): Found {
  const verbs = (["predict", "classify", "regress"] as const).flatMap((verb) => {
    const name = mains[verb];
    return name === undefined ? [] : [{ verb, name }];
  });
  const byVerb = wanted === undefined ? verbs[0] : verbs.find(({ verb }) => verb === wanted);
  const name = wanted === undefined || !Object.hasOwn(signatures, wanted) ? byVerb?.name : wanted;
  const signature = name !== undefined && Object.hasOwn(signatures, name) ? signatures[name] : undefined;
  if (name === undefined || signature === undefined)
    throw unknownOperation(wanted ?? "", [...Object.keys(signatures), ...verbs.map(({ verb }) => verb)]);
  const own = name === wanted ? undefined : byVerb?.verb;
  return {
    name,
    verb: own ?? (signature.inputs === undefined ? (signature.verb ?? "predict") : "predict"),
    signature,
  };
}
