/** The runtime's version: the same as in its package.json. */
export const version: string = "0.1.0";

/** What a client calls itself: text on Node, undefined where the platform names itself and may forbid another name. */
export function userAgent(): string | undefined {
  const named = typeof process === "object" && process !== null && process.release?.name === "node";
  return named ? `gen-deploy-runtime/${version}` : undefined;
}
