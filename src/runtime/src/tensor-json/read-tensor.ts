import type { Dtype, Shape } from "../arrays/dtype.js";
import { DeploymentError, shown } from "../errors.js";
import { createNdArray } from "../arrays/nd-array.js";
import type { NdArray } from "../arrays/nd-array.js";
import { mostDimensions } from "../arrays/nd-shape.js";
import { quoted, skipSpace } from "./json-cursor.js";
import type { JsonCursor } from "./json-cursor.js";
import { elementReader } from "./read-elements.js";

/** What a tensor of a reply is held to. */
export interface ExpectedTensor<D extends Dtype> {
  /** The feature's wire name, for messages. */
  readonly feature: string;
  readonly dtype: D;
  /** Whether the dtype is a guess: whole numbers that a double may round are then refused. */
  readonly assumed?: boolean | undefined;
}

const open = 0x5b;
const close = 0x5d;
const comma = 0x2c;

/**
 * Reads a value or nested lists as an array of `dtype`, straight from the bytes into its typed array; no number is
 * rounded but to its own dtype. The shape is that of the lists, as far as they show it: behind an empty list there are
 * no more dimensions. Lists of different lengths or depths, `null`, and whatever else is no element of the dtype, are
 * `bad-reply`: the error names the feature, the index and the byte.
 */
export function readTensor<D extends Dtype>(reply: JsonCursor, expected: ExpectedTensor<D>): NdArray<D> {
  const { feature, dtype, assumed = false } = expected;
  const elements = elementReader(dtype, assumed);
  if (elements === undefined) {
    const message = `The reply's ${shown(feature)} is due as an array of ${dtype}, which JSON has no form for.`;
    throw new DeploymentError("bad-reply", message, { feature });
  }
  const cursor: JsonCursor = { ...reply, feature };
  const element = assumed ? untoldNumber : dtype;
  const shape = readLists(cursor, { element, take: (at) => elements.take(at) });
  reply.at = cursor.at;
  return createNdArray(dtype, shape, elements.finish());
}

const untoldNumber = `a number, whole ones up to ±${Number.MAX_SAFE_INTEGER}, as the description does not state the dtype (generate with --metadata to state it)`;

interface Elements {
  /** What one is, for messages. */
  readonly element: string;
  /** Reads one; false where there is none. */
  readonly take: (cursor: JsonCursor) => boolean;
}

/** Reads a value or nested lists of `element`s and gives their shape. */
function readLists(cursor: JsonCursor, { element, take }: Elements): Shape {
  const { bytes } = cursor;
  /** Of each dimension, once its first list has ended. */
  const lengths: number[] = [];
  /** How many members are behind in each list that is open. */
  const counts: number[] = [];
  let rank: number | undefined;

  function fault(seen: string, due: string): DeploymentError {
    const where = counts.length === 0 ? "at " : `at index [${counts.join(", ")}], `;
    const message = `The reply's ${shown(cursor.feature)} has ${seen} ${where}byte ${cursor.at}, expected ${due}.`;
    return new DeploymentError("bad-reply", message, { feature: cursor.feature });
  }

  /** Enters lists until an element stands at the cursor; false where an empty list does not let it come to that. */
  function descend(): boolean {
    while (bytes[skipSpace(cursor)] === open) {
      if (counts.length === rank) throw fault("a list", `${element} as before`);
      if (counts.length === mostDimensions)
        throw fault("a list", `at most ${mostDimensions} inside each other`);
      counts.push(0);
      cursor.at += 1;
    }
    rank ??= counts.length;
    if (bytes[cursor.at] === close && counts.at(-1) === 0) return false;
    if (counts.length < rank) throw fault(quoted(cursor), "a list as before");
    return true;
  }

  /** Reads elements up to what is no comma. */
  function readRun(): void {
    const level = counts.length - 1;
    let count = 0;
    do {
      const at = skipSpace(cursor);
      if (!take(cursor)) {
        cursor.at = at;
        if (level >= 0) counts[level] = count;
        throw fault(quoted(cursor), element);
      }
      count += 1;
    } while (level >= 0 && takeComma());
    if (level >= 0) counts[level] = count;
  }

  function takeComma(): boolean {
    if (bytes[skipSpace(cursor)] !== comma) return false;
    cursor.at += 1;
    return true;
  }

  /** Leaves lists until another member is due; false where the outermost has ended. */
  function ascend(): boolean {
    for (let level = counts.length - 1; level >= 0; level -= 1) {
      if (bytes[skipSpace(cursor)] !== close) throw fault(quoted(cursor), "a comma or the end of a list");
      const length = counts.pop() ?? 0;
      const due = (lengths[level] ??= length);
      if (length !== due) throw fault(`a list of ${length}`, `one of ${due} as before`);
      cursor.at += 1;
      if (level > 0) counts[level - 1] = (counts[level - 1] ?? 0) + 1;
      if (level > 0 && takeComma()) return true;
    }
    return false;
  }

  do {
    if (descend()) readRun();
  } while (ascend());
  return lengths;
}
