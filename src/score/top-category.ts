/** The label with the highest value and that value; of equal ones the first, undefined where there is no label. */
export function topCategory(
  probabilities: unknown,
): { readonly label: string; readonly value: number } | undefined {
  if (typeof probabilities !== "object" || probabilities === null) return undefined;
  let top: { readonly label: string; readonly value: number } | undefined;
  for (const [label, value] of Object.entries(probabilities)) {
    if (typeof value === "number" && (top === undefined || value > top.value)) top = { label, value };
  }
  return top;
}
