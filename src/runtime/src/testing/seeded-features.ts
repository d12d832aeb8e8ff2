/*
 * In: what the description says of one feature, and what draws. Out: a value of it as clients get it from a reply, or
 * give it in a row: within its bounds, of its labels, dtype, shape and size. Every platform draws the same.
 */
import type { FieldCodec, NumberCodec, ProbabilitiesCodec } from "../codec.js";
import { DeploymentError } from "../errors.js";
import { createImage } from "../files/image.js";
import { drawPicture } from "./picture.js";
import type { Draw } from "./seed.js";
import { drawArray } from "./seeded-array.js";
import { drawWords } from "./seeded-words.js";

/** How many labels a set has of which nothing is known, and how many it may have. */
const usualLabels = 3;
const mostLabels = 2 ** 20;

/** A value of the feature that `codec` describes, in the type that replies have it in. */
export function drawFeature(draw: Draw, codec: FieldCodec): unknown {
  switch (codec.kind) {
    case "number":
      return drawNumber(draw, codec);
    case "text":
      return drawWords(draw, draw.integer(3, 8));
    case "label":
      return draw.pick(codec.labels);
    case "probabilities":
      return drawProbabilities(draw, codec);
    case "tensor":
      return drawArray(draw, codec.dtype, codec.shape);
    case "image": {
      const { mediaType, bytes } = drawPicture(draw, codec.mediaTypes, codec.shape);
      return createImage(mediaType, bytes);
    }
  }
}

/** From 0 to 100 where nothing is stated, and no further than 100 from the one bound where only one is. */
function drawNumber(draw: Draw, { min, max }: NumberCodec): number {
  const low = min ?? (max === undefined ? 0 : max - 100);
  const high = max ?? low + 100;
  const share = draw.integer(0, 10_000) / 10_000;
  // Each end by itself: the distance between them may be more than a number holds.
  const value = Number((low * (1 - share) + high * share).toPrecision(6));
  return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, value));
}

/** Multiples of a power of two, which add up to 1 in any order; most often one label is far ahead of the others. */
function drawProbabilities(
  draw: Draw,
  { labels, size }: ProbabilitiesCodec,
): Readonly<Record<string, number>> {
  const count = labels?.length ?? size ?? usualLabels;
  if (count > mostLabels) {
    const what = `Probabilities of ${count} labels are due, but a mock answers with ${mostLabels} at most.`;
    throw new DeploymentError("bad-options", what);
  }
  const names = labels ?? Array.from({ length: count }, (_, index) => String(index));
  if (names.length === 0) return {};
  const unit = names.length > 2 ** 12 ? 2 ** -48 : 2 ** -24;
  const winner = draw.integer(0, names.length - 1);
  const ahead = draw.next() < 0.85 ? 0.6 + 0.39 * draw.next() : 0.3 + 0.3 * draw.next();
  const weights = names.map((_, index) => {
    const share = draw.next();
    return index === winner ? 0 : share * share * share;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) =>
    total === 0 ? 0 : Math.floor(((1 - ahead) * (weight / total)) / unit) * unit,
  );
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  return Object.fromEntries(
    names.map((name, index) => [name, index === winner ? rest : (shares[index] ?? 0)]),
  );
}
