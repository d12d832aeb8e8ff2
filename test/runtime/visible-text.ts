import { inspect } from "node:util";

/** Everything that can be seen of an error and of its causes. */
export function visibleText(error: unknown): string {
  const seen = [
    inspect(error, { showHidden: true, depth: null, getters: true }),
    String(error),
    JSON.stringify(error) ?? "",
  ];
  let each = error;
  for (let depth = 0; depth < 5 && each instanceof Error; depth++) {
    seen.push(each.message, each.stack ?? "", String(each), inspect(each), JSON.stringify(each) ?? "");
    each = each.cause;
  }
  return seen.join("\n");
}
