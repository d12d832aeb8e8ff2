/*
 * What turns what a file has for one input into what the client takes for it. One is made for each input, once; it is
 * asked for each row.
 */
import type { FileSource } from "@gen-deploy/runtime";

/** Reads values of one input; what it does not take is a `ValueFault`. */
export interface ValueReader {
  /** The value of a cell that is not empty. */
  readonly fromText: (text: string) => unknown;
  /** The value of what JSON or Parquet has: neither null nor undefined. */
  readonly fromValue: (value: unknown) => unknown;
  /** The value of a file that stands by itself; absent where none can. */
  readonly fromFile?: (path: string) => unknown;
  /** What an empty cell says of an input that every row has; absent where it says nothing. */
  readonly empty?: "" | null;
  /** Whether values may be promises: what files are needed for. */
  readonly waits: boolean;
}

/** How the files are reached that rows name. Paths are relative to the file that names them. */
export interface RowFiles {
  /** The file as input for the client, read when it is sent; rejects where there is none. */
  open(path: string): Promise<FileSource>;
  /** Its bytes; rejects where it cannot be read. */
  read(path: string): Promise<Uint8Array>;
}
