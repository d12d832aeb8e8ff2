/** What one client adds to a bundle for browsers: bytes of gzip. */
export interface Weight {
  /** What is loaded with the page: the client, its descriptor and its runtime. */
  readonly first: number;
  /** What each call needs besides, loaded when the client is made; 0 where the page holds all of it. */
  readonly beside: number;
  /** Each part that is loaded when it is first needed, by the file that it begins with. */
  readonly later: Readonly<Record<string, number>>;
  /** The source files in what is loaded with the page, `/` between folders, the longest first. */
  readonly files: readonly string[];
}

/** The clients that are weighed, each by its name. */
export const weighedClients: readonly string[];

/** The weight of a client that the command writes anew. */
export function weighClient(name: string): Promise<Weight>;

/** The bytes of gzip that importing `names` of the runtime adds to a bundle for browsers. */
export function weighExports(names: readonly string[]): Promise<number>;
