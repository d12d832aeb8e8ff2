import { quoted } from "./safe-text.js";

const start = String.raw`$_\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{Nl}`;
const identifier = new RegExp(String.raw`^[${start}][${start}\p{Mn}\p{Mc}\p{Nd}\p{Pc}\u200c\u200d]*$`, "u");

/** Letters that have been letters since long before ECMAScript 5: Latin, Greek, Cyrillic, Hebrew, Arabic, kana, Han, Hangul. */
const old =
  /^[\u00c0-\u024f\u0386-\u03ce\u0400-\u0481\u048a-\u0513\u05d0-\u05ea\u0621-\u064a\u3041-\u3094\u30a1-\u30fa\u30fc\u4e00-\u9fa5\uac00-\ud7a3\x00-\x7f]*$/;

/** `name` as a key: bare where it is an identifier of the basic plane, as prettier has it; else quoted. */
export function keyText(name: string): string {
  if (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name)) return name;
  return identifier.test(name) && !/[\ud800-\udfff]/.test(name) ? name : quoted(name);
}

/** Whether `keyText` is sure to be what prettier has: its letters are those of an older Unicode. */
export function isCertainKey(name: string): boolean {
  return old.test(name) || !identifier.test(name);
}
