/** The object's own member of that name; undefined of what has none, whatever its prototype has. */
export function memberOf<Value>(holder: Readonly<Record<string, Value>>, name: string): Value | undefined;
export function memberOf(holder: unknown, name: string): unknown;
export function memberOf(holder: unknown, name: string): unknown {
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, name)) return undefined;
  const member: unknown = Reflect.get(holder, name);
  return member;
}
