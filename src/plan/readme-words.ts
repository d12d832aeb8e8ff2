import type { CodecSpec, ImageCodec, JsonShape, Scalar } from "@gen-deploy/runtime";
import { rowShape } from "./tf-serving-types.js";

/** A codec in words; that of a tensor in the words of one row where rows are stacked. */
export function inWords(codec: CodecSpec, batched: boolean): string {
  switch (codec.kind) {
    case "number":
      return codec.min === undefined || codec.max === undefined
        ? "number"
        : `number, ${codec.min} to ${codec.max}`;
    case "text":
      return "text";
    case "label":
      return `one of ${codec.labels.length} labels`;
    case "probabilities":
      return codec.labels === null
        ? sizeInWords(codec.size)
        : `probability of each of ${codec.labels.length} labels`;
    case "tensor":
      return tensorInWords(
        codec.form === "nested" && codec.assumed === true ? "number" : codec.dtype,
        rowShape(codec.shape, batched),
      );
    case "image":
      return imageInWords(codec);
    case "example":
      return codec.list ? `list of ${codec.type ?? "values"}` : (codec.type ?? "value of any kind");
    case "json":
      return shapeInWords(codec.shape);
  }
}

function imageInWords({ mediaTypes, shape }: ImageCodec): string {
  const words = `image (${mediaTypes.map((type) => type.replace(/^image\//, "")).join(", ")})`;
  return shape === undefined ? words : `${words}, described as ${shape.join(" × ")}`;
}

function tensorInWords(dtype: string, shape: readonly number[] | null): string {
  if (shape === null) return `${dtype}, array of any rank`;
  const lengths = shape.map((length) => (length < 0 ? "any" : length)).join(" × ");
  return lengths === "" ? dtype : `${dtype} array, ${lengths}`;
}

function sizeInWords(size: number | null): string {
  return size === null
    ? "probability of each label"
    : `probability of each of ${size} labels, which the description does not name`;
}

/** The values of a short set; of a long one, how many there are. */
function valuesInWords(values: readonly Scalar[]): string {
  const shown = values.map((value) => JSON.stringify(value));
  const [last = "", ...others] = shown.toReversed();
  const text = others.length === 0 ? last : `${others.toReversed().join(", ")} or ${last}`;
  return text.length <= longestSet ? text : `one of ${values.length} values`;
}

const longestSet = 60;

/** A shape in words; one that has a name by that name. */
function shapeInWords(shape: JsonShape): string {
  switch (shape.type) {
    case "number":
    case "integer":
      return shape.min === undefined || shape.max === undefined
        ? shape.type
        : `${shape.type}, ${shape.min} to ${shape.max}`;
    case "enum":
      return valuesInWords(shape.values);
    case "file":
      return shape.mediaType === undefined ? "file" : `file (${shape.mediaType})`;
    case "list":
      return `list of ${shape.items.type === "union" ? `(${shapeInWords(shape.items)})` : shapeInWords(shape.items)}`;
    case "tuple":
      return `list of ${shape.items.length}`;
    case "record":
      return `${shapeInWords(shape.values)} by name`;
    case "union":
      return [...new Set(shape.of.map(shapeInWords))].join(" or ");
    case "named":
      return shape.name;
    default:
      return shape.type;
  }
}
