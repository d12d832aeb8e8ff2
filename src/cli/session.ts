import { createExternalLoader } from "../disk/external-loader.js";
import type { FetchOptions, SpecMemory } from "../disk/fetch-spec.js";
import { readSpec } from "../disk/read-spec.js";
import type { ExternalLoader } from "../spec/resolve.js";
import type { SpecText } from "../spec/spec-types.js";
import type { Renamer } from "./renaming-process.js";
import type { Settings } from "./settings.js";
import type { Terminal } from "./terminal.js";

/** Where rows go that are the result: as they are, which a terminal's lines never are. */
export interface Results {
  /** Resolves when there is room for more; rejects with `EPIPE` where nobody reads on. */
  readonly write: (text: string) => Promise<void>;
  /** Whether they go to a screen, on which text must do nothing. */
  readonly screen: boolean;
}

/** What a command works with. */
export interface Session {
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly results: Results;
  /** Broken off when the user interrupts. */
  readonly signal: AbortSignal;
  /** Broken off when the user interrupts again. */
  readonly impatience: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs what must not be torn apart: an interrupt meanwhile only breaks off `signal`. */
  readonly guarded: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly renamer: Renamer;
  /** What a run that reads the same again and again remembers of it. */
  readonly sources?: Sources;
}

/** What is remembered of descriptions. */
export interface Sources {
  readonly memory: SpecMemory;
  /** Told of the files to which descriptions refer. */
  readonly noted: (path: string) => void;
}

/**
 * The description that a command is about, how its references to other files are followed, and what a running server
 * says besides.
 */
export async function openSpec({ settings, stdin, signal, sources }: Session): Promise<{
  readonly text: SpecText;
  readonly loadExternal: ExternalLoader;
  readonly metadata: SpecText | undefined;
}> {
  const { headers, token } = settings;
  const text = await readSpec(settings.spec, { headers, token, stdin, signal, memory: sources?.memory });
  return {
    text,
    metadata: await openMetadata(settings, { signal, memory: sources?.memory }),
    loadExternal: createExternalLoader(text, { allowRemote: settings.allowRemoteRefs, signal, ...sources }),
  };
}

/** What a running server says besides the description, where the command names it. */
export async function openMetadata(
  { spec, metadata, headers, token }: Settings,
  options: Pick<FetchOptions, "signal" | "memory">,
): Promise<SpecText | undefined> {
  if (metadata === undefined) return undefined;
  // Credentials are for the description's own host; where that is a file, they can only be for this one.
  const own = originOf(spec) ?? originOf(metadata);
  const credentials = own === originOf(metadata) ? { headers, token } : {};
  return await readSpec(metadata, { ...credentials, ...options });
}

function originOf(location: string): string | undefined {
  return /^https?:/i.test(location) && URL.canParse(location) ? new URL(location).origin : undefined;
}
