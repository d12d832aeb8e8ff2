import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bindSignatures } from "../../src/bind/bind-signatures.js";
import { dialects } from "../../src/dialects/index.js";
import { recognise } from "../../src/dialects/recognise.js";
import { mockHandler, mockTransport } from "../../src/runtime/src/testing/tf-serving.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/create-client.js";
import type { TfServingDeployment } from "../../src/runtime/src/tf-serving/client-types.js";
import type { SignatureDescriptor } from "../../src/runtime/src/tf-serving/signature-types.js";
import { fixtures, readFixture, type Fixture } from "../dialects/descriptions.js";
import { askMock } from "./tf-serving-ask.js";

/*
 * Every description of the dialect's tests: its mock takes the request of its transcript, and states the
 * signatures that the description states.
 */

type Untyped = TfServingDeployment<Readonly<Record<string, SignatureDescriptor>>>;

async function deploymentOf(fixture: Fixture): Promise<Untyped> {
  const said = { labels: new Map<string, string[]>(), operations: [], metadata: fixture.metadata };
  const { model } = recognise(await readFixture(fixture), dialects).interpret(
    await readFixture(fixture),
    said,
  );
  return bindSignatures(model);
}

const described = fixtures().filter(({ dialect }) => dialect === "tf-serving");
const transcripts = described.flatMap((fixture) =>
  fixture.wire.map((file) => ({ fixture, file, name: file.slice(file.indexOf("/tf-serving/") + 1) })),
);

describe("the mock of every description", () => {
  test.each(transcripts)("takes the request of $name", async ({ fixture, file }) => {
    const { request } = JSON.parse(readFileSync(file, "utf8"));
    const mock = mockHandler(await deploymentOf(fixture));
    const reply = await askMock(mock, "POST", "/v1/models/m:predict", request);
    expect(reply).toMatchObject({ status: 200, type: "application/json" });
    expect(await askMock(mock, "POST", "/v1/models/m:predict", request)).toEqual(reply);
  });

  test.each(transcripts)("states the signatures of $name", async ({ fixture }) => {
    const deployment = await deploymentOf(fixture);
    const transport = mockTransport(deployment);
    const client = createTfServingClient(deployment, { url: "http://mock.invalid/v1/models/m", transport });
    await client.verify();
    const { signatures } = await client.metadata();
    expect(signatures.map(({ name }) => name).toSorted()).toEqual(
      Object.values(deployment.signatures)
        .map(({ name }) => name)
        .toSorted(),
    );
  });
});
