import type { FieldCodec } from "../codec.js";
import type { Coder, CoderContext } from "../coder.js";
import type { FeaturesOf } from "../deployment.js";
import { DeploymentError, shown } from "../errors.js";

/** Every kind of codec by its name. */
type CodecByKind = { readonly [Kind in FieldCodec["kind"]]: Extract<FieldCodec, { readonly kind: Kind }> };

type CodecOf<Kind extends FieldCodec["kind"]> = { [K in Kind]: CodecByKind[K] & { readonly kind: K } }[Kind];

/** What makes a coder, for each kind of codec. */
export type CoderTable = {
  readonly [Kind in FieldCodec["kind"]]: (codec: CodecByKind[Kind], context: CoderContext) => Coder;
};

type KindsOf<Row> = FeaturesOf<Row>[keyof Row & string]["codec"]["kind"];

/** What makes the coders of the kinds that rows of these types need: one that is missing does not compile. */
export type CodersFor<Input, Output> = Pick<CoderTable, KindsOf<Input> | KindsOf<Output>>;

/** The coder that carries what `codec` says; `bad-options` for a kind that `coders` has not. */
export function createCoder<Kind extends FieldCodec["kind"]>(
  codec: CodecOf<Kind>,
  context: CoderContext,
  coders: Partial<CoderTable>,
): Coder {
  const { kind }: { readonly kind: Kind } = codec;
  const create = Object.hasOwn(coders, kind) ? coders[kind] : undefined;
  if (create !== undefined) return create(codec, context);
  const known = Object.keys(coders).join(", ");
  throw new DeploymentError(
    "bad-options",
    `${shown(context.feature)} has the codec ${shown(kind)}; this client carries ${known}.`,
    { feature: context.feature },
  );
}
