/** A deployment that judges rows by its description. */
export interface Deployment {
  /** The OpenAPI document that it serves and by which it judges rows. */
  readonly description: unknown;
  /** The bearer token that it asks for. */
  readonly token: string;
  /** Computes one output row. */
  readonly model: (row: Record<string, unknown>) => Record<string, unknown>;
  /** Told of every prediction. */
  readonly onRequest?: (request: { readonly path: string; readonly rows: unknown }) => void;
  /** The origin whose pages a browser lets call it; none by default. */
  readonly allowedOrigin?: string;
}

/** Starts the deployment on a free port of 127.0.0.1: where it answers, and how to end it. */
export function startPeltarionServer(
  deployment: Deployment,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
