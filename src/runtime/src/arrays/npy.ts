import { DeploymentError, isDeploymentError, shown } from "../errors.js";
import type { DataOf } from "./dtype.js";
import { holdsNumbers, isNumeric, storageByDtype } from "./dtype-storage.js";
import type { NumericDtype } from "./dtype-storage.js";
import { narrowToHalf, widenHalf } from "./float16.js";
import { elementCount, isShape } from "./nd-shape.js";
import { createNdArray } from "./nd-array.js";
import type { NdArray } from "./nd-array.js";
import { fixedTexts, toCOrder } from "./npy-bytes.js";
import { npyFault } from "./npy-fault.js";
import { npyMagic, parseNpyHeader } from "./npy-header.js";

/** Whether this machine puts the low byte first. */
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

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
  try {
    return decode(bytes);
  } catch (cause) {
    if (isDeploymentError(cause)) throw cause;
    throw npyFault(
      "file has text that is no Unicode",
      "UTF-8 in the header, no more than U+10FFFF in the data",
      cause,
    );
  }
}

function decode(bytes: Uint8Array): NdArray {
  const { shape, fortran, item, count, dataStart } = parseNpyHeader(bytes);
  const { dtype, itemSize, word, big, descr } = item;
  const size = count * itemSize;
  let data = new Uint8Array(bytes.buffer, bytes.byteOffset + dataStart, size);
  const whole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  const swap = word > 1 && big === littleEndian;
  if (size > 0 && (swap || (fortran && shape.length > 1))) {
    data = toCOrder(data, fortran ? shape : [count], { itemSize, swap: swap ? word : 1 });
  } else if (!whole || data.byteOffset % word !== 0) {
    data = new Uint8Array(data);
  }
  if (dtype === "bytes") return createNdArray(dtype, shape, data, descr);
  if (dtype !== "string") return createNdArray(dtype, shape, elements(dtype, data));
  if (count > (size || mostEmptyTexts))
    throw npyFault(`file has ${count} empty texts`, `at most ${mostEmptyTexts}`);
  const points = word === 1 ? data : new Uint32Array(data.buffer, data.byteOffset, size / word);
  return createNdArray(dtype, shape, fixedTexts(points, count));
}

/** The aligned `data` as elements of `dtype`. */
function elements<D extends NumericDtype>(dtype: D, data: Uint8Array): DataOf<D> {
  const { itemSize, parts, Elements } = storageByDtype[dtype];
  // NumPy takes any byte but zero for true.
  let held = dtype === "bool" && data.some((byte) => byte > 1) ? data.map((byte) => (byte ? 1 : 0)) : data;
  const length = (data.length / itemSize) * parts;
  if (itemSize < Elements.BYTES_PER_ELEMENT) {
    // By bits, not by value: a float that is copied by value may lose the payload of a NaN.
    const halves = new Uint16Array(data.buffer, data.byteOffset, length);
    held = new Uint8Array(Uint32Array.from(halves, widenHalf).buffer);
  }
  return new Elements(held.buffer, held.byteOffset, length);
}

/**
 * The `.npy` file of an array with numbers or booleans, byte for byte as NumPy 2 saves it: format 1.0, C order,
 * little-endian. Float32 elements of a float16 array are rounded to the nearest, which may be an infinity.
 * Throws `wrong-type` for text and raw bytes, and `wrong-shape` where shape and data do not agree.
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
  if (!isNumeric(dtype) || !holdsNumbers(dtype, data)) {
    throw new DeploymentError(
      "wrong-type",
      `The array's dtype is ${shown(dtype)} and its data ${shown(data)}, expected a numeric dtype and its typed array.`,
    );
  }
  const { kind, itemSize, parts } = storageByDtype[dtype];
  if (!isShape(shape) || data.length !== elementCount(shape) * parts) {
    const seen = `${data.length / parts} elements and shape ${shown(String(shape))}`;
    throw new DeploymentError(
      "wrong-shape",
      `The array has ${seen}, expected as many elements as the shape says.`,
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
  bytes.set([...npyMagic, 1, 0, length & 0xff, length >> 8]);
  bytes.set(
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
    10,
  );
  bytes[9 + length] = 0x0a;
  return bytes;
}

function littleEndianBytes(dtype: NumericDtype, data: DataOf<NumericDtype>): Uint8Array {
  const { itemSize, parts } = storageByDtype[dtype];
  let bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (itemSize / parts < data.BYTES_PER_ELEMENT) {
    // By bits, not by value: a float that is copied by value may lose the payload of a NaN.
    const halves = Uint16Array.from(new Uint32Array(data.buffer, data.byteOffset, data.length), narrowToHalf);
    bytes = new Uint8Array(halves.buffer);
  }
  if (littleEndian || itemSize === parts) return bytes;
  return toCOrder(bytes, [data.length], { itemSize: itemSize / parts, swap: itemSize / parts });
}
