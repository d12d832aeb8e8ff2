/** Values looked at before a search gives up. */
const budget = 20_000;

/** Prototypes that belong to the language: they hold nobody's words. */
const languageOwn: ReadonlySet<unknown> = new Set<unknown>([
  Object.prototype,
  Function.prototype,
  Array.prototype,
  Error.prototype,
  TypeError.prototype,
  RangeError.prototype,
  SyntaxError.prototype,
  AggregateError.prototype,
  Map.prototype,
  Set.prototype,
]);

/**
 * Whether nothing that can be reached from `value`, and so nothing that an inspector shows of it, is text that
 * `holds` a secret: strings, keys, bytes, own and inherited members, entries of maps and sets. False where that
 * cannot be known. Calls no getter.
 */
export function isCleanOf(holds: (text: string) => boolean, value: unknown): boolean {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [value];
  try {
    while (waiting.length > 0) {
      const each = waiting.pop();
      if (typeof each === "string" && holds(each)) return false;
      if (typeof each === "symbol" && holds(String(each))) return false;
      if ((typeof each !== "object" && typeof each !== "function") || each === null) continue;
      if (languageOwn.has(each) || seen.has(each)) continue;
      if (seen.size >= budget || isOpaque(each)) return false;
      seen.add(each);
      if (ArrayBuffer.isView(each) || each instanceof ArrayBuffer) {
        if (holds(toText(each))) return false;
        continue;
      }
      waiting.push(...membersOf(each));
    }
  } catch {
    return false;
  }
  return true;
}

/** What only an inspector can look into. */
function isOpaque(value: object): boolean {
  return value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise;
}

function membersOf(value: object): unknown[] {
  if (isLanguageFunction(value)) return [];
  const members: unknown[] = [Object.getPrototypeOf(value)];
  for (const key of Reflect.ownKeys(value)) {
    members.push(key, Object.getOwnPropertyDescriptor(value, key)?.value);
  }
  // Some engines keep the stack behind a getter.
  if (value instanceof Error) members.push(value.stack);
  if (value instanceof Map) for (const [key, member] of value) members.push(key, member);
  if (value instanceof Set) members.push(...value);
  return members;
}

/** Functions of the platform lead to all of it, and hold nobody's words. */
function isLanguageFunction(value: object): boolean {
  return typeof value === "function" && Function.prototype.toString.call(value).endsWith("{ [native code] }");
}

function toText(bytes: ArrayBufferView | ArrayBuffer): string {
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
  return new TextDecoder("latin1").decode(view);
}
