/*
 * Names as a stage: wire names in, identifiers out. Wire names are never lost; where one cannot stand as an
 * identifier, only the name that user code writes differs.
 */

const reserved = new Set(
  (
    "abstract any arguments as asserts async await bigint boolean break case catch class const constructor continue " +
    "debugger declare default delete do else enum eval export extends false finally for from function get " +
    "hasOwnProperty if implements import in infer instanceof interface is isPrototypeOf keyof let module namespace " +
    "never new null number object of out package private propertyIsEnumerable protected prototype public readonly " +
    "require return satisfies set static string super switch symbol then this throw toJSON toLocaleString toString " +
    "true try type typeof undefined unique unknown using valueOf var void while with yield"
  ).split(" "),
);

/**
 * A function that turns wire names into identifiers by `toName`: the same name always into the same identifier,
 * different names into different ones (also where they differ only in case or punctuation), none of them in `taken`.
 */
export function createNames(
  taken: Iterable<string> = [],
  toName: (text: string) => string = toIdentifier,
): (wireName: string) => string {
  const used = new Set(taken);
  const given = new Map<string, string>();
  return (wireName) => {
    const known = given.get(wireName);
    if (known !== undefined) return known;
    const identifier = freeName(toName(wireName), used);
    used.add(identifier);
    given.set(wireName, identifier);
    return identifier;
  };
}

/** `stem`, with a number behind it where `used` has it already. */
export function freeName(stem: string, used: { readonly has: (name: string) => boolean }): string {
  let name = stem;
  for (let count = 2; used.has(name); count += 1) name = `${stem}_${count}`;
  return name;
}

/** `text` as an ASCII identifier that is no reserved word; different texts may give the same one. */
export function toIdentifier(text: string): string {
  const words = wordsOf(text);
  const joined = words.map((word, index) => (index === 0 ? word : capitalised(word))).join("");
  if (joined === "") return "unnamed";
  if (/^[0-9]/.test(joined)) return `_${joined}`;
  return reserved.has(joined) ? `${joined}_` : joined;
}

/** `text` as the beginning of a type's name; different texts may give the same one. */
export function toTypeName(text: string): string {
  return capitalised(toIdentifier(text));
}

/** `text` as an npm package name without a scope: lower case, 1 to 80 characters; empty where nothing is left. */
export function toPackageName(text: string): string {
  const name = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80)
    .replace(/^-+|-+$/g, "");
  return name === "node-modules" || name === "favicon-ico" ? `${name}-client` : name;
}

/** Whether npm would take `name` for a new package (validate-npm-package-name's rules for new packages). */
export function isPackageName(name: string): boolean {
  return (
    name.length <= 214 &&
    /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name) &&
    name !== "node_modules" &&
    name !== "favicon.ico"
  );
}

function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
