import { createClient, deployment, isDeploymentError, labels } from "photo-restyler";
import { fromFile } from "photo-restyler/node";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FakeModel } from "../servers/cog-job.js";
import { startReplicate, token } from "../servers/cog-replicate.js";
import type { ReplicateServer } from "../servers/cog-replicate.js";
import { startCogServer } from "../servers/cog-server.js";
import type { CogServer } from "../servers/cog-server.js";

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Paints what it is given in the manner asked for: the same file, with the manner behind it. */
const restyle: FakeModel = ({ photo, style, format }) => {
  if (style === "charcoal") throw new Error("out of charcoal");
  const bytes = Buffer.from(String(photo).replace(/^.*,/, ""), "base64");
  return `data:image/${String(format ?? "png")};base64,${Buffer.concat([bytes, Buffer.from(String(style))]).toString("base64")}`;
};

let server: CogServer;
let replicate: ReplicateServer;
let folder: string;
beforeAll(async () => {
  const needs = "photo";
  server = await startCogServer(restyle, { needs });
  replicate = await startReplicate(restyle, { needs });
  folder = mkdtempSync(join(tmpdir(), "gen-deploy-cog-"));
  writeFileSync(join(folder, "photo.png"), png);
});
afterAll(async () => {
  await server.close();
  await replicate.close();
  rmSync(folder, { recursive: true });
});

describe("photo-restyler", () => {
  test.each(["a server of its own", "Replicate"])(
    "gives a file for a file and a label, on %s",
    async (place) => {
      const client =
        place === "Replicate"
          ? createClient({ url: replicate.origin, model: "imaginary/photo-restyler", token })
          : createClient({ url: server.origin });
      const file = await client.predict({ photo: fromFile(join(folder, "photo.png")), style: "ink" });
      expect(await file.bytes()).toEqual(new Uint8Array([...png, ...new TextEncoder().encode("ink")]));
      const sent = (place === "Replicate" ? replicate : server).requests.at(-1);
      const photo = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
      expect(JSON.parse(sent?.text ?? "")).toEqual({ input: { photo, style: "ink" } });
      const blob = await (
        await client.predict({ photo: new Blob([png]), style: "oil", format: "jpg" })
      ).blob();
      expect(blob.type).toBe("image/jpg");
      const failure = await client
        .predict({ photo: png, style: "charcoal" })
        .catch((error: unknown) => error);
      expect(isDeploymentError(failure, "deployment-error")).toBe(true);
      expect(failure).toMatchObject({ message: 'The prediction failed: "out of charcoal".' });
    },
  );

  test("says what it takes", () => {
    expect(labels).toEqual({ style: ["oil", "ink", "charcoal"], format: ["png", "jpg"] });
    expect(Object.keys(deployment.inputs)).toEqual(["photo", "style", "strength", "seed", "format"]);
  });

  test("refuses what the model does not take", async () => {
    const client = createClient({ url: server.origin });
    const input = JSON.parse('{"photo":"https://e.example/a.png","style":"inq","strength":2}');
    const failure = await client.predict(input).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "unknown-label", feature: "style" });
    await expect(client.predict({ ...input, style: "ink" })).rejects.toMatchObject({
      code: "out-of-range",
      feature: "strength",
    });
  });
});
