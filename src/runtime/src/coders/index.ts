import type { CodecSpec } from "../codec.js";
import type { Coder, CoderContext } from "../coder.js";
import { DeploymentError, shown } from "../errors.js";
import { createImageCoder } from "./image.js";
import { createLabelCoder } from "./label.js";
import { createNumberCoder } from "./number.js";
import { createProbabilitiesCoder } from "./probabilities.js";
import { createTensorCoder } from "./tensor.js";
import { createTextCoder } from "./text.js";

/** Every kind of codec by its name. */
type CodecByKind = { readonly [Kind in CodecSpec["kind"]]: Extract<CodecSpec, { readonly kind: Kind }> };

type CodecOf<Kind extends CodecSpec["kind"]> = { [K in Kind]: CodecByKind[K] & { readonly kind: K } }[Kind];

type CoderTable = {
  readonly [Kind in CodecSpec["kind"]]: (codec: CodecByKind[Kind], context: CoderContext) => Coder;
};

/** A kind that is missing here does not compile. */
const coders: CoderTable = {
  number: createNumberCoder,
  text: createTextCoder,
  label: createLabelCoder,
  probabilities: createProbabilitiesCoder,
  tensor: createTensorCoder,
  image: createImageCoder,
};

/** The coder that carries what `codec` says; `bad-options` for a kind that this runtime does not know. */
export function createCoder<Kind extends CodecSpec["kind"]>(
  codec: CodecOf<Kind>,
  context: CoderContext,
): Coder {
  const { kind }: { readonly kind: Kind } = codec;
  if (!Object.hasOwn(coders, kind)) {
    const known = Object.keys(coders).join(", ");
    throw new DeploymentError(
      "bad-options",
      `${shown(context.feature)} has the codec ${shown(kind)}; this runtime knows ${known}.`,
      { feature: context.feature },
    );
  }
  return coders[kind](codec, context);
}
