import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createClient as createAnimals, deployment as animals } from "animal-weight";
import { createClient, deployment } from "digits-and-grids";
import { createClient as createOldClient, deployment as oldDeployment } from "digits-and-grids-npy";
import { createClient as createTriage, deployment as triage } from "hospital-triage";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mockHandler, mockTransport } from "../../src/runtime/src/testing/rows.js";
import type { MockedDeployment } from "../../src/runtime/src/testing/rows.js";
import { findPython, runPython } from "../numpy.js";
import { ours, picture } from "./rows-sent.js";
import { sendRaw, serveMock } from "./serve-mock.js";
import type { ServedMock } from "./serve-mock.js";

const python = findPython("numpy", "PIL");
const vendorClient = fileURLToPath(new URL("../servers/vendor-client.py", import.meta.url));
const token = "loopback-token";
const hostUrl = "https://host.test/forward";
const base64 = Buffer.from(picture).toString("base64");
const zeros = (count: number): string => Buffer.alloc(count * 4).toString("base64");

/** What the vendor's client gets for `rows`; it runs beside this process, which serves. */
async function predictAsVendor(url: string, rows: readonly object[]): Promise<readonly unknown[]> {
  const child = spawn(python ?? "", [vendorClient], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify({ url, token, rows }));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  const replied: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  return Array.isArray(replied) ? replied : [];
}

const described: Readonly<Record<string, MockedDeployment>> = {
  animals,
  digits: deployment,
  old: oldDeployment,
  triage,
};
const served = new Map<string, ServedMock>();

beforeAll(async () => {
  for (const [name, one] of Object.entries(described))
    served.set(name, await serveMock(mockHandler(one, { token })));
});

afterAll(async () => {
  await Promise.all([...served.values()].map((one) => one.close()));
});

function urlOf(name: string): string {
  return `${served.get(name)?.origin}/deployment/5b6a/forward`;
}

describe("over HTTP", () => {
  const animal = { Type: "animal", Sound: "moo", Size: 1.5 } as const;

  test("every sample's client gets what it gets in memory", async () => {
    const strict = { validate: "strict", token } as const;
    const animalsOver = createAnimals({ ...strict, url: urlOf("animals") });
    const animalsInside = createAnimals({ ...strict, url: hostUrl, transport: mockTransport(animals) });
    expect(await animalsOver.predict(animal)).toEqual(await animalsInside.predict(animal));
    for (const [create, name, mocked] of [
      [createClient, "digits", deployment],
      [createOldClient, "old", oldDeployment],
    ] as const) {
      const over = create({ ...strict, url: urlOf(name) });
      const inside = create({ ...strict, url: hostUrl, transport: mockTransport(mocked) });
      expect(await over.predict(ours)).toEqual(await inside.predict(ours));
      expect(await over.predict(ours, { encoding: "multipart" })).toEqual(await inside.predict(ours));
    }
    const patient = { age: 41, photo: picture, ward: "b" };
    const over = createTriage({ ...strict, url: urlOf("triage") });
    const inside = createTriage({ ...strict, url: hostUrl, transport: mockTransport(triage) });
    expect(await over.predictMany([patient, patient])).toEqual(await inside.predictMany([patient, patient]));
  });

  test("curl is answered: rows as JSON, one row as a form, the token as bearer or as user", async () => {
    const json = { "content-type": "application/json" };
    const body = JSON.stringify({ rows: [animal] });
    const url = urlOf("animals");
    const rows = await sendRaw(url, {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${token}` },
      body,
    });
    expect(rows).toMatchObject({ status: 200, json: { rows: [{ Weight: expect.any(Number) }] } });
    const user = `Basic ${Buffer.from(`${token}:`).toString("base64")}`;
    const basic = await sendRaw(url, { method: "POST", headers: { ...json, authorization: user }, body });
    expect(basic.text).toBe(rows.text);
    const form = Object.entries(animal).map(
      ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const row = await sendRaw(url, {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=x", authorization: `Bearer ${token}` },
      body: `${form.join("")}--x--\r\n`,
    });
    expect({ rows: [row.json] }).toEqual(rows.json);
    for (const authorization of ["", "Bearer wrong", user.slice(0, -3)]) {
      const refused = await sendRaw(url, { method: "POST", headers: { ...json, authorization }, body });
      expect(refused).toMatchObject({ status: 401, json: { errorCode: "UNAUTHORIZED" } });
      expect(refused.text).not.toContain(token);
    }
  });
});

describe.skipIf(python === undefined)("the vendor's own client (needs a Python with numpy and PIL)", () => {
  test("gets for 300 animals what our client gets", async () => {
    const rows = Array.from(
      { length: 300 },
      (_, row) => ({ Type: "animal", Sound: "moo", Size: row / 7 }) as const,
    );
    const own = createAnimals({ url: urlOf("animals"), token });
    expect(await predictAsVendor(urlOf("animals"), rows)).toEqual(await own.predictMany(rows));
  });

  test.each([
    { name: "digits", form: "flat", create: createClient },
    { name: "old", form: "npy", create: createOldClient },
  ] as const)(
    "sends pictures and arrays in the form $form, and NumPy and Pillow read the answers",
    async ({ name, form, create }) => {
      const arrays = {
        "features.npy_0": { array: zeros(300), shape: [10, 10, 3], form },
        vector: {
          array: Buffer.from(Float32Array.of(1, 2, 3, 4, 5).buffer).toString("base64"),
          shape: [5],
          form,
        },
        mask: { array: zeros(4), shape: [2, 2], form: "npy" },
      };
      const [reply] = await predictAsVendor(urlOf(name), [
        { "Image Feature": { picture: base64 }, ...arrays, caption: "é" },
      ]);
      const script = `
import base64, io, json, sys
import numpy as np
from PIL import Image
row = json.load(sys.stdin)
def content(url):
    head, data = url.split(",", 1)
    return head, base64.b64decode(data, validate=True)
heat = row["heat map"]
if isinstance(heat, str):
    head, data = content(heat)
    heat = np.load(io.BytesIO(data), allow_pickle=False)
    assert head == "data:application/x.peltarion.npy;base64"
else:
    heat = np.array(heat["data"], dtype="<f4").reshape(heat["shape"])
head, data = content(row["cleaned"])
image = Image.open(io.BytesIO(data))
image.load()
print(json.dumps({
    "heat": [str(heat.dtype), heat.shape, bool(np.isfinite(heat).all())],
    "cleaned": [head, image.format, image.mode, image.size],
    "digit": sum(row["digit"].values()),
    "blurred": 0 <= row["is blurred"] <= 1,
}))
`;
      const seen: unknown = JSON.parse(
        runPython(python ?? "", script, JSON.stringify(reply)).toString("utf8"),
      );
      expect(seen).toEqual({
        heat: ["float32", [2, 3], true],
        cleaned: ["data:image/png;base64", "PNG", "RGB", [28, 28]],
        digit: 1,
        blurred: true,
      });
      // The vendor's client writes pictures anew, so its row is another than ours; what follows from the rest is of a kind.
      const own = await create({ url: urlOf(name), token, validate: "strict" }).predict(ours);
      expect(Object.keys(own)).toEqual(Object.keys(Object(reply)));
    },
  );
});
