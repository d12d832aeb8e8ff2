import { deepFreeze } from "../client/deep-freeze.js";
import { loaded } from "../client/loaded.js";
import { DeploymentError, shown } from "../errors.js";
import { setOwnMember } from "../own-member.js";
import type { AboutModel } from "./about-model.js";
import type { ExamplesOperation } from "../protocols/examples.js";
import type { TensorFeature, TensorsOperation } from "../protocols/tensors.js";
import type {
  Classification,
  MainSignatures,
  ModelMethods,
  TfServingClient,
  TfServingClientOptions,
  TfServingDeployment,
} from "./client-types.js";
import { createClassify, createRegress } from "./example-methods.js";
import type { UntypedExampleMethod } from "./example-methods.js";
import { createModelAccess } from "./model-client.js";
import type { ModelAccess } from "./model-client.js";
import type { ExampleVerb, SignatureDescriptor } from "./signature-types.js";
import { createTensorMethods } from "./tensor-methods.js";
import type { UntypedTensorMethods } from "./tensor-methods.js";
import type { TensorSpec } from "./tensor-types.js";

type Signatures = Readonly<Record<string, SignatureDescriptor>>;
type UntypedDeployment = TfServingDeployment<Signatures, MainSignatures>;

/** Everything that can be done with a signature whose types only its caller knows. */
interface UntypedMethods extends Partial<UntypedTensorMethods> {
  readonly classify?: UntypedExampleMethod<Classification[]>;
  readonly regress?: UntypedExampleMethod<number>;
}

/** What the client's own methods of each name are made of. */
const methodNames = {
  predict: ["predict", "predictMany", "predictStream", "predictColumns"],
  classify: ["classify"],
  regress: ["regress"],
} as const;

interface UntypedClient extends ModelMethods, UntypedMethods {
  readonly deployment: UntypedDeployment;
  readonly signatures: Readonly<Record<string, UntypedMethods>>;
}

/**
 * A client of a model on TensorFlow Serving; throws `bad-options` where the options cannot work. Its own `predict`,
 * `classify` and `regress` are those of the deployment's main signatures.
 */
export function createTfServingClient<Known, Main>(
  deployment: TfServingDeployment<Known, Main>,
  options?: TfServingClientOptions,
): TfServingClient<Known, Main>;
export function createTfServingClient(
  deployment: UntypedDeployment,
  options: TfServingClientOptions = {},
): UntypedClient {
  const access = createModelAccess(deployment, options);
  const own = deepFreeze(structuredClone(deployment));
  const signatures: Record<string, UntypedMethods> = {};
  for (const [name, signature] of Object.entries(own.signatures)) {
    setOwnMember(signatures, name, methodsOf(signature, access));
  }
  // Few clients ask what a model says of itself, and those that do can wait for the code.
  const about = async (): Promise<AboutModel> => {
    const { aboutModel } = await loaded(import("./about-model.js"));
    return aboutModel(access);
  };
  return {
    ...mainMethods(own, signatures, "predict"),
    ...mainMethods(own, signatures, "classify"),
    ...mainMethods(own, signatures, "regress"),
    deployment: own,
    signatures,
    async status(options) {
      const call = access.forCall(options);
      return await (await about()).status(call);
    },
    async metadata(options) {
      const call = access.forCall(options);
      return await (await about()).metadata(call);
    },
    waitUntilReady: async (options) => await (await about()).waitUntilReady(options),
    async verify(options) {
      const call = access.forCall(options);
      await (await about()).verify(own.signatures, call);
    },
  };
}

function methodsOf(signature: SignatureDescriptor, access: ModelAccess): UntypedMethods {
  const tensors = tensorsOf(signature, access);
  const { verb } = signature;
  const examples = verb === undefined ? undefined : examplesOf(signature, verb, access);
  return {
    ...(tensors === undefined ? {} : createTensorMethods(tensors, access)),
    ...(examples?.framing.verb === "classify" ? { classify: createClassify(examples, access) } : {}),
    ...(examples?.framing.verb === "regress" ? { regress: createRegress(examples, access) } : {}),
  };
}

function tensorsOf(
  { name, batched, inputs, outputs }: SignatureDescriptor,
  { validate, strict }: ModelAccess,
): TensorsOperation | undefined {
  if (inputs === undefined || outputs === undefined) return undefined;
  const framing = { protocol: "tensors", signature: name, batched: batched === true } as const;
  return { framing, inputs: featuresOf(inputs), outputs: featuresOf(outputs), validate, strict };
}

function featuresOf(specs: Readonly<Record<string, TensorSpec>>): readonly TensorFeature[] {
  return Object.entries(specs).map(([name, { dtype, shape, assumed = false }]) => {
    return { name, dtype, shape, assumed };
  });
}

function examplesOf(
  { name, features }: SignatureDescriptor,
  verb: ExampleVerb,
  { validate, strict }: ModelAccess,
): ExamplesOperation {
  const framing = { protocol: "examples", verb, signature: name } as const;
  return { framing, features: features == null ? null : new Map(Object.entries(features)), validate, strict };
}

/** The methods for the verb, of the signature that the deployment names for it; none where it names none. */
function mainMethods(
  { main }: UntypedDeployment,
  signatures: Readonly<Record<string, UntypedMethods>>,
  verb: keyof typeof methodNames,
): UntypedMethods {
  const name = main[verb];
  if (name === undefined) return {};
  const methods = Object.hasOwn(signatures, name) ? signatures[name] : undefined;
  if (methods?.[verb] === undefined) {
    throw new DeploymentError(
      "bad-options",
      `The deployment's main signature for ${verb} is ${shown(name)}, which it has not, or not for that.`,
    );
  }
  const names: readonly string[] = methodNames[verb];
  return Object.fromEntries(Object.entries(methods).filter(([method]) => names.includes(method)));
}
