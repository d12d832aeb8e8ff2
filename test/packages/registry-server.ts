import { createServer } from "node:http";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What `npm publish` sent: the package's own `package.json`, as the registry would show it. */
export interface Published {
  readonly name: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** A registry on loopback that begins empty, and takes any package. */
export interface RegistryServer {
  /** What makes npm use it, and nothing of the user's own settings. */
  readonly env: Readonly<Record<string, string>>;
  readonly published: readonly Published[];
  close(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1; one who publishes is logged in. */
export async function startRegistry(): Promise<RegistryServer> {
  const published: Published[] = [];
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      if (request.method !== "PUT") {
        const name = decodeURIComponent((request.url ?? "").slice(1));
        const found = documentOf(published.filter((one) => one.name === name));
        return response.writeHead(found === undefined ? 404 : 200).end(JSON.stringify(found ?? {}));
      }
      const sent: { name: string; versions: Record<string, Record<string, unknown>> } = JSON.parse(
        Buffer.concat(chunks).toString("utf8"),
      );
      for (const manifest of Object.values(sent.versions)) published.push({ name: sent.name, manifest });
      return response.writeHead(201).end(`{"success":true}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
  const folder = await mkdtemp(join(tmpdir(), "gen-deploy-registry-"));
  const settings = join(folder, "npmrc");
  await writeFile(
    settings,
    `registry=http://${host}\n//${host}:_authToken=loopback\nupdate-notifier=false\n`,
  );
  return {
    env: { NPM_CONFIG_USERCONFIG: settings, NPM_CONFIG_CACHE: join(folder, "cache") },
    published,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a registry says of a package: all of its versions, and which one is the latest. */
function documentOf(published: readonly Published[]): object | undefined {
  const latest = published.at(-1);
  if (latest === undefined) return undefined;
  return {
    name: latest.name,
    "dist-tags": { latest: latest.manifest["version"] },
    versions: Object.fromEntries(published.map(({ manifest }) => [manifest["version"], manifest])),
  };
}
