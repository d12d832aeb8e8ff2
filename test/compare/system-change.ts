import type { CompileOptions } from "../../src/compile-options.js";

/** One change, with the verdict on all of it. */
export interface SystemChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly options?: CompileOptions;
  readonly want: "major" | "minor" | "patch" | "none";
  /** Words of one of the messages. */
  readonly says: string;
  readonly code: string;
  /** Where the change cannot be seen in types. */
  readonly seen?: "run time";
}
