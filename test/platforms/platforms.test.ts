import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { compilers, complaintsOf } from "../compat/tsc.js";
import type { PackedFolder } from "../packages/packed-folder.js";
import { outputOf } from "../packages/run-command.js";
import { bundlePageByEsbuild, bundlePageByVite, bundleProgram } from "./bundles.js";
import { predicted, startDeployments } from "./deployments.js";
import type { Deployments } from "./deployments.js";
import { digitPicture } from "./digit-picture.js";
import { installClients } from "./install-clients.js";
import { openPage, startPageServer } from "./open-page.js";
import { startWorker } from "./start-worker.js";
import { findChromium, hasPlatforms, platformCommand } from "./tools.js";

/*
 * A user's program with both clients, as npm hands them out: what compiles it, what bundles it, and what runs it. Each
 * run predicts with numbers, labels, a picture and .npy arrays against deployments on loopback.
 */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let packed: PackedFolder;
let deployments: Deployments;
let folder: string;

beforeAll(async () => {
  packed = await installClients();
  folder = packed.folder;
  deployments = await startDeployments();
  await writeFile(join(folder, "required.cts"), required);
});

afterAll(async () => {
  await deployments?.close();
  await packed?.remove();
});

/** What a command prints that runs the program in the user's folder. */
async function predictedBy(command: readonly string[]): Promise<unknown> {
  const { animal, digits, token } = deployments;
  return JSON.parse(await outputOf(command, folder, { ANIMAL: animal, DIGITS: digits, TOKEN: token }));
}

const everything = { ...predicted, cleaned: expect.stringMatching(/^data:image\/png;base64,/) };

describe.concurrent("TypeScript", () => {
  const node = { lib: ["es2023"], types: ["node"] };
  const dom = { lib: ["es2023", "dom", "dom.iterable"], types: ["node"] };
  test.each([
    ...compilers.filter(isFirstOrLast).map(({ version, package: compiler }) => ({
      version,
      compiler,
      options: { module: "node16", moduleResolution: "node16", ...node },
      files: ["program/main.ts"],
    })),
    {
      version: "5.9",
      compiler: "typescript",
      options: { module: "nodenext", moduleResolution: "nodenext", ...node },
      files: ["program/main.ts", "required.cts"],
    },
    {
      version: "5.9",
      compiler: "typescript",
      options: { module: "esnext", moduleResolution: "bundler", ...dom },
      files: ["program/main.ts", "program/worker.ts", "page/page.ts"],
    },
  ])(
    "$version compiles it by moduleResolution $options.moduleResolution",
    async ({ compiler, options, files }) => {
      const strict = { strict: true, skipLibCheck: false, target: "es2022" };
      const project = `tsconfig.${compiler}.${options.moduleResolution}.json`;
      const compilerOptions = { ...strict, ...options };
      await writeFile(join(folder, project), JSON.stringify({ compilerOptions, files }));
      expect(await complaintsOf(compiler, folder, project)).toEqual([]);
    },
  );
});

/** Whether a compiler is the oldest or the newest: packed.test.ts asks those between, which cost seconds each. */
function isFirstOrLast(_compiler: unknown, index: number): boolean {
  return index === 0 || index === compilers.length - 1;
}

/** What a CommonJS module of TypeScript may say since Node.js lets it require modules. */
const required = `
import animals = require("animal-weight");
const client: animals.Client = animals.createClient({ token: "t" });
export const sounds: readonly animals.Labels["Sound"][] = animals.labels.Sound;
export const weigh = async (Size: number): Promise<number> =>
  (await client.predict({ Type: "animal", Sound: "moo", Size })).Weight;
`;

describe("Node.js", () => {
  test("runs the program with the packages where npm has put them", async () => {
    const outfile = join(folder, "built/main.mjs");
    await bundleProgram(join(folder, "program/main.ts"), { outfile, target: "node with packages" });
    expect(await predictedBy([process.execPath, outfile])).toEqual(everything);
  });

  test("runs a bundle of esbuild, which has everything inside", async () => {
    // Out of the folder that has node_modules: nothing is left to resolve.
    const alone = join(folder, "../alone.mjs");
    await bundleProgram(join(folder, "program/main.ts"), { outfile: alone, target: "node" });
    expect(await predictedBy([process.execPath, alone])).toEqual(everything);
  });
});

describe.skipIf(!hasPlatforms())("with the tools of test/platforms/package.json", () => {
  test("Bun runs the program", async () => {
    expect(await predictedBy([platformCommand("bun"), "run", "program/main.ts"])).toEqual(everything);
  });

  test("Deno checks and runs the program", async () => {
    const rights = ["--allow-env", "--allow-net=127.0.0.1"];
    const own = ["--no-remote", "--node-modules-dir=manual", "--sloppy-imports"];
    const command = [platformCommand("deno"), "run", "--quiet", "--check", ...own, ...rights];
    expect(await predictedBy([...command, "program/main.ts"])).toEqual(everything);
  });

  test("workerd runs the program", async () => {
    const script = join(folder, "../worker/worker.mjs");
    await bundleProgram(join(folder, "program/worker.ts"), { outfile: script, target: "workerd" });
    const { animal, digits, token } = deployments;
    const worker = await startWorker({ script, bindings: { animal, digits, token } });
    try {
      const reply = await fetch(worker.url);
      expect(await reply.json()).toEqual(everything);
    } finally {
      await worker.close();
    }
  });
});

describe("a page in a browser", () => {
  const chromium = findChromium();
  const screenshots = fileURLToPath(new URL("../../.vitest/", import.meta.url));

  describe.skipIf(chromium === undefined || !hasPlatforms())("(needs Chromium and test/platforms)", () => {
    test.each([
      { bundler: "Vite", bundlePage: bundlePageByVite },
      { bundler: "esbuild", bundlePage: bundlePageByEsbuild },
    ])("bundled by $bundler shows which digit a picked picture has", async ({ bundler, bundlePage }) => {
      const site = await startPageServer(await bundlePage(join(folder, "page")));
      const allowed = await startDeployments(site.origin);
      const picture = join(folder, "zero.png");
      await writeFile(picture, digitPicture("zero"));
      await mkdir(screenshots, { recursive: true });
      const screenshot = join(screenshots, `browser-page-${bundler.toLowerCase()}.png`);
      try {
        const settings = new URLSearchParams({ url: allowed.digits, token: allowed.token });
        const page = `${site.origin}/index.html?${settings}`;
        const shown = await openPage({ browser: chromium ?? "", page, picture, screenshot });
        expect(shown).toEqual({
          result: "It is zero.",
          ranking: ["zero: 0.9", "one: 0.1", "other digit: 0"],
          pictures: [
            [28, 28],
            [28, 28],
          ],
          complaints: [],
        });
        expect((await readFile(screenshot)).subarray(1, 4).toString()).toBe("PNG");
      } finally {
        await allowed.close();
        await site.close();
      }
    });

    test("that the deployment does not allow learns no more than that there is no connection", async () => {
      const site = await startPageServer(await bundlePageByEsbuild(join(folder, "page")));
      try {
        const settings = new URLSearchParams({ url: deployments.digits, token: deployments.token });
        const page = `${site.origin}/index.html?${settings}`;
        const picture = join(folder, "zero.png");
        await writeFile(picture, digitPicture("zero"));
        const shown = await openPage({ browser: chromium ?? "", page, picture });
        expect(shown).toMatchObject({ result: "Failed: connection" });
      } finally {
        await site.close();
      }
    });
  });
});
