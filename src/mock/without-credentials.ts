/** The path and query without the members of these names: what they hold is a credential. */
export function withoutCredentials(path: string, names: readonly string[]): string {
  const at = path.indexOf("?");
  if (at < 0 || names.length === 0) return path;
  const pairs = path.slice(at + 1).split("&");
  const shown = pairs.filter((pair) => !names.includes(decoded(pair.split("=", 1)[0] ?? "")));
  return shown.length === 0 ? path.slice(0, at) : `${path.slice(0, at)}?${shown.join("&")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
