/** What `from` has, and `list` lacks. */
export function missingFrom<Item>(list: readonly Item[], from: readonly Item[]): readonly Item[] {
  const known = new Set(list);
  return from.filter((item) => !known.has(item));
}
