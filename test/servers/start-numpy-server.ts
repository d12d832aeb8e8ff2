import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

/** What the server decoded of one value, as NumPy, Pillow or `json` see it. */
export interface SeenValue {
  readonly kind: "plain" | "flat" | "npy" | "image";
  readonly value?: unknown;
  /** NumPy's own, such as `<f4`. */
  readonly dtype?: string;
  readonly shape?: readonly number[];
  /** Of an array's little-endian elements in C order, or of a picture's RGB pixels; in hex. */
  readonly sha256?: string;
  readonly mode?: string;
  readonly size?: readonly number[];
  readonly mediaType?: string;
  readonly fileName?: string;
  /** SHA-256 of a picture's file. */
  readonly file?: string;
}

/** One request as the server understood it. */
export interface SeenRequest {
  readonly contentType: string;
  readonly userAgent: string;
  readonly rows: readonly Readonly<Record<string, SeenValue>>[];
}

/** A picture that Pillow drew. */
export interface Picture {
  readonly name: string;
  readonly base64: string;
  readonly mode: string;
  readonly size: readonly number[];
  readonly sha256: string;
}

/** A deployment behind which NumPy and Pillow decode. */
export interface NumpyServer {
  readonly url: string;
  readonly token: string;
  /** The requests since the start or the last `forget`. */
  seen(): Promise<readonly SeenRequest[]>;
  forget(): Promise<void>;
  pictures(): Promise<readonly Picture[]>;
  close(): Promise<void>;
}

/** Starts numpy-server.py on a free port of 127.0.0.1; `form` is how its replies write arrays. */
export async function startNumpyServer(
  python: string,
  { sample, form }: { readonly sample: "animal" | "digits" | "triage"; readonly form: "flat" | "npy" },
): Promise<NumpyServer> {
  const token = "numpy-token";
  const script = fileURLToPath(new URL("numpy-server.py", import.meta.url));
  const child = spawn(python, [script, sample, form, token], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => resolve(Number(line)));
    child.once("error", reject);
    child.once("close", (status) =>
      reject(new Error(`numpy-server.py ended with ${status} before it listened.`)),
    );
  });
  const base = `http://127.0.0.1:${port}`;
  return {
    url: `${base}/deployment/numpy/forward`,
    token,
    seen: async () => {
      const seen: SeenRequest[] = JSON.parse(await (await fetch(`${base}/seen`)).text());
      return seen;
    },
    forget: async () => {
      await (await fetch(`${base}/seen`, { method: "DELETE" })).text();
    },
    pictures: async () => {
      const pictures: Picture[] = JSON.parse(await (await fetch(`${base}/pictures`)).text());
      return pictures;
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
