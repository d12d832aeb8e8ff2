import type { Shape } from "../arrays/dtype.js";
import { isBytes, isText } from "../arrays/dtype-storage.js";
import { isNdArrayLike } from "../arrays/nd-array.js";
import { misshapen, tensorFault } from "../arrays/nd-data.js";
import { collect, shapeOfLists } from "../arrays/nd-lists.js";
import { stackedShape } from "../arrays/nd-rows.js";
import { elementCount, fitsShape } from "../arrays/nd-shape.js";

/** What a DT_STRING element may be: its text, or its bytes. */
export type TextElement = string | Uint8Array;

/** An array whose elements are texts, byte strings, or some of both: what a DT_STRING input takes. */
export interface TextTensor {
  readonly dtype: "string";
  readonly shape: Shape;
  /** In C order. */
  readonly data: readonly TextElement[];
}

/** Whether `value` is text or a Uint8Array. */
export function isTextElement(value: unknown): value is TextElement {
  return isText(value) || isBytes(value);
}

/**
 * The array of texts and byte strings that a value stands for: an array of `string` or `binary`, lists in lists, or a
 * single text or Uint8Array. `target.shape` is as for `toTensor`, and so are the errors.
 */
export function toTextTensor(
  value: unknown,
  target: { readonly shape: Shape | null; readonly feature?: string | undefined },
): TextTensor {
  const wanted = { ...target, dtype: "string" } as const;
  if (isNdArrayLike(value)) {
    const { dtype, shape, data } = value;
    const elements = Array.isArray(data) ? data.filter(isTextElement) : [];
    if (dtype !== "string" && dtype !== "binary")
      throw tensorFault("wrong-type", wanted, `is an array of ${dtype}, expected texts or byte strings`);
    if (wanted.shape !== null && !fitsShape(shape, wanted.shape)) throw misshapen(shape, wanted);
    if (elements.length !== elementCount(shape))
      throw tensorFault(
        "wrong-shape",
        wanted,
        `has ${elements.length} values, expected ${elementCount(shape)}`,
      );
    return { dtype: "string", shape, data: elements };
  }
  const shape = shapeOfLists(value, wanted);
  return { dtype: "string", shape, data: collect(value, { ...wanted, shape }, isTextElement) };
}

/** As `stackTensors`. */
export function stackTexts(rows: readonly TextTensor[], feature?: string): TextTensor {
  return { dtype: "string", shape: stackedShape(rows, feature), data: rows.flatMap(({ data }) => data) };
}
