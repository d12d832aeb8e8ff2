/** What openapi-typescript makes of the description stands here in a generated package. */
export interface components {
  schemas: {
    "input-row": { Kind?: unknown; Age?: unknown; Words?: unknown; Photo?: unknown; Grid?: unknown };
    "output-row-batch": { rows?: { Kind?: unknown; Photo?: unknown; Grid?: unknown } };
    Failure: { detail?: unknown };
    Input: { photo?: unknown; mask?: unknown; sketch?: unknown; style?: unknown };
    "tf-inputs": { image?: unknown; grid?: unknown };
  };
}

export interface paths {
  "/v1/models/imaginary:predict": { outputs?: { grid?: unknown } };
}
