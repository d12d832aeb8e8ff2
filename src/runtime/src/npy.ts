import { DeploymentError, shown } from "./errors.js";
import type { DataOf } from "./dtype.js";
import { holds, isNumeric, storageByDtype, typedArrayTag } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import { narrowToHalf, widenHalf } from "./float16.js";
import { elementCount, isShape, shownShape } from "./nd-shape.js";
import { createNdArray } from "./nd-array.js";
import type { NdArray } from "./nd-array.js";
import { swapWords, toCOrder } from "./npy-bytes.js";
import { parseNpyHeader } from "./npy-header.js";
import { littleEndian } from "./npy-item.js";
import { byteStrings, wideStrings } from "./npy-strings.js";

/** Text of no characters takes no bytes, so a header alone could ask for any number of it. */
const mostEmptyTexts = 2 ** 20;

/**
 * The array of a `.npy` file, in C order and this machine's byte order; bytes after the data are passed over, as NumPy
 * does it.
 *
 * `bytes` are never changed. The array's data are a view of them where nothing had to be moved, they are aligned, and
 * `bytes` are the whole of an `ArrayBuffer`; a copy otherwise, so that no pool or shared memory shines through.
 * Structured types, datetime64, timedelta64 and long doubles come as raw `bytes`, with NumPy's description in `descr`;
 * `S` text has a character for each byte.
 *
 * Throws `bad-npy` where NumPy would refuse the file, before making room for what its header asks for
 * (NumPy formats 1.0, 2.0 and 3.0).
 */
export function decodeNpy(bytes: Uint8Array): NdArray {
  const { shape, fortran, item, count, dataStart } = parseNpyHeader(bytes);
  const size = count * item.itemSize;
  let data = new Uint8Array(bytes.buffer, bytes.byteOffset + dataStart, size);
  let own = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  const take = (): void => {
    data = new Uint8Array(data);
    own = true;
  };
  if (fortran && shape.length > 1 && size > 0) {
    data = toCOrder(data, shape, item.itemSize);
    own = true;
  }
  if (item.swap > 0) {
    take();
    swapWords(data, item.swap);
  }
  if (item.dtype === "string") {
    if (item.itemSize === 0 && count > mostEmptyTexts) {
      throw new DeploymentError(
        "bad-npy",
        `The .npy file has ${count} empty texts, expected at most ${mostEmptyTexts}.`,
      );
    }
    if (!item.wide) return createNdArray("string", shape, byteStrings(data, item.itemSize, count));
    if (data.byteOffset % 4 !== 0) take();
    const points = new Uint32Array(data.buffer, data.byteOffset, size / 4);
    return createNdArray("string", shape, wideStrings(points, item.itemSize, count));
  }
  const partSize = item.dtype === "bytes" ? 1 : item.itemSize / storageByDtype[item.dtype].parts;
  if (!own || data.byteOffset % partSize !== 0) take();
  if (item.dtype === "bytes") return createNdArray("bytes", shape, data, item.descr);
  return createNdArray(item.dtype, shape, elements(item.dtype, data));
}

/** The aligned `data` as elements of `dtype`. */
function elements<D extends NumericDtype>(dtype: D, data: Uint8Array): DataOf<D> {
  const { itemSize, parts, partSize, view } = storageByDtype[dtype];
  if (dtype === "bool") {
    // NumPy takes any byte but zero for true.
    const bits = data.some((byte) => byte > 1) ? data.map((byte) => (byte === 0 ? 0 : 1)) : data;
    return view(bits.buffer, bits.byteOffset, bits.length);
  }
  const length = (data.length / itemSize) * parts;
  if (itemSize === partSize * parts) return view(data.buffer, data.byteOffset, length);
  const halves = new Uint16Array(data.buffer, data.byteOffset, length);
  // By bits, not by value: a float that is copied by value may lose the payload of a NaN.
  return view(Uint32Array.from(halves, widenHalf).buffer, 0, length);
}

/**
 * The `.npy` file of an array with numbers or booleans, byte for byte as NumPy 2 saves it: format 1.0, C order,
 * little-endian. Throws `wrong-type` for text and raw bytes, and `wrong-shape` where shape and data do not agree.
 */
export function encodeNpy(array: NdArray): Uint8Array {
  const [header, data] = npyPayloadParts(array);
  const file = new Uint8Array(header.length + data.length);
  file.set(header);
  file.set(data, header.length);
  return file;
}

/**
 * The same file in two pieces, so that large data need not be copied: the header, and a view of the array's own data.
 * Throws as `encodeNpy` does.
 */
export function npyPayloadParts(array: NdArray): readonly [header: Uint8Array, data: Uint8Array] {
  const { dtype, shape, data } = array;
  if (!isNumeric(dtype) || !holds(dtype, data)) {
    throw new DeploymentError(
      "wrong-type",
      `An array of ${shown(dtype)} with ${shown(data)} cannot be written as .npy, expected a numeric dtype and its typed array.`,
    );
  }
  const { kind, itemSize, parts } = storageByDtype[dtype];
  const due = isShape(shape) ? elementCount(shape) * parts : undefined;
  if (data.length !== due) {
    const expected = due === undefined ? "lengths from 0 on" : `${due} values`;
    throw new DeploymentError(
      "wrong-shape",
      `An array of shape ${shownShape(shape)} has ${data.length} values, expected ${expected}.`,
    );
  }
  const word = itemSize / parts;
  const order = word > 1 ? "<" : "|";
  return [headerBytes(`${order}${kind}${itemSize}`, shape), littleEndianBytes(dtype, data)];
}

function headerBytes(descr: string, shape: readonly number[]): Uint8Array {
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${lengths}), }`;
  // NumPy leaves room for the first length to grow to 21 digits.
  const text = dictionary + (shape.length > 0 ? " ".repeat(21 - String(shape[0]).length) : "");
  const length = text.length + 1 + 64 - ((text.length + 11) % 64);
  const bytes = new Uint8Array(10 + length).fill(0x20);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 0xff, length >> 8]);
  bytes.set(
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
    10,
  );
  bytes[9 + length] = 0x0a;
  return bytes;
}

function littleEndianBytes<D extends NumericDtype>(dtype: D, data: DataOf<NumericDtype>): Uint8Array {
  const { itemSize, parts } = storageByDtype[dtype];
  let bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (dtype === "bool" && bytes.some((byte) => byte > 1)) {
    throw new DeploymentError("wrong-type", "An array of bool has a byte above 1, expected only 0 and 1.");
  }
  if (dtype === "float16" && typedArrayTag(data) === "Float32Array") bytes = halfBytes(data);
  const word = itemSize / parts;
  if (littleEndian || word === 1) return bytes;
  const own = new Uint8Array(bytes);
  swapWords(own, word);
  return own;
}

/** The float16 words of float32 data; throws `wrong-type` where a finite number is too large for them. */
function halfBytes(data: DataOf<NumericDtype>): Uint8Array {
  const singles = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const halves = Uint16Array.from(singles, (bits) => {
    const half = narrowToHalf(bits);
    if ((half & 0x7fff) === 0x7c00 && (bits & 0x7fffffff) !== 0x7f800000) {
      throw new DeploymentError(
        "wrong-type",
        "An array of float16 has a number of 65520 or more, expected at most 65504.",
      );
    }
    return half;
  });
  return new Uint8Array(halves.buffer);
}
