import type { FileShape } from "@gen-deploy/runtime";
import type { ValueContext } from "./context.js";

/** What a file may be given as, the fewest first: bytes; also a data URL; also an address. */
const inputs: Readonly<Record<FileShape["form"], number>> = { base64: 0, binary: 0, "data-url": 1, uri: 2 };

/** What a file of a reply is: forms of one number have one type. */
const outputs: Readonly<Record<FileShape["form"], number>> = { base64: 0, binary: 1, "data-url": 1, uri: 2 };

/** Notes what changed between two shapes of files. */
export function compareFiles(was: FileShape, is: FileShape, context: ValueContext): void {
  const { at, side } = context;
  const order = side === "input" ? inputs : outputs;
  const step = order[is.form] - order[was.form];
  const message = `${at} is a file as ${is.form}, no longer as ${was.form}`;
  if (step !== 0 && side === "output") context.values("other", message);
  else if (step !== 0) context.values(step > 0 ? "wider" : "narrower", message);
  else if (was.form !== is.form) context.note("additive", `${message}: an older client does not speak that`);
  if (was.mediaType !== is.mediaType) context.note("documentation", `the media type of ${at} changed`);
}
