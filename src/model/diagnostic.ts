/** Something worth saying about a description that could be used all the same. */
export interface Diagnostic {
  /** `<dialect or stage>/<what>`, such as `peltarion/no-labels`. */
  readonly code: string;
  readonly severity: "warning" | "info";
  /** JSON pointer (RFC 6901) into the description. */
  readonly pointer: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}
