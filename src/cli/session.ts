import { createExternalLoader } from "../disk/external-loader.js";
import { readSpec } from "../disk/read-spec.js";
import type { ExternalLoader } from "../spec/resolve.js";
import type { SpecText } from "../spec/spec-types.js";
import type { Settings } from "./settings.js";
import type { Terminal } from "./terminal.js";

/** What a command works with. */
export interface Session {
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Broken off when the user interrupts. */
  readonly signal: AbortSignal;
  /** Runs what must not be torn apart: an interrupt meanwhile only breaks off `signal`. */
  readonly guarded: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** The description that a command is about, and how its references to other files are followed. */
export async function openSpec({ settings, stdin, signal }: Session): Promise<{
  readonly text: SpecText;
  readonly loadExternal: ExternalLoader;
}> {
  const { headers, token } = settings;
  const text = await readSpec(settings.spec, { headers, token, stdin, signal });
  return {
    text,
    loadExternal: createExternalLoader(text, { allowRemote: settings.allowRemoteRefs, signal }),
  };
}
