/** How many of `length` pixels each of `count` tiles takes; the last has what is left over. */
export function tileLengths(length: number, count: number): readonly number[] {
  const each = Math.floor(length / count);
  return Array.from({ length: count }, (_, index) =>
    index < count - 1 ? each : length - each * (count - 1),
  );
}
