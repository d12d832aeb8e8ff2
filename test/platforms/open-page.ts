import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { outputOf } from "../packages/run-command.js";

/** What a browser is to do: open the page, pick the picture, and take a screenshot of what comes of it. */
export interface Visit {
  readonly browser: string;
  readonly page: string;
  readonly picture: string;
  readonly screenshot?: string;
}

/** What then stands in the page, as drive-page.mjs prints it. */
export async function openPage(visit: Visit): Promise<unknown> {
  const driver = fileURLToPath(new URL("drive-page.mjs", import.meta.url));
  const folder = fileURLToPath(new URL(".", import.meta.url));
  return JSON.parse(await outputOf([process.execPath, driver, JSON.stringify(visit)], folder));
}

const mediaTypes: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript"],
  [".css", "text/css"],
]);

/** Serves the files of `folder` on a free port of 127.0.0.1, as a page's own origin does. */
export async function startPageServer(
  folder: string,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://page.invalid");
    const path = join(folder, normalize(pathname));
    readFile(path).then(
      (bytes) => response.writeHead(200, { "content-type": mediaTypes.get(extname(path)) }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { origin: `http://127.0.0.1:${port}`, close };
}
