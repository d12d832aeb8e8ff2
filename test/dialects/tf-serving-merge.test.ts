import { describe, expect, test } from "vitest";
import {
  interpret,
  metadata,
  openapi,
  properties,
  refusal,
  signature,
  tensor,
} from "./tf-serving-descriptions.js";

const number = { type: "number", description: "Words." };
const plain = openapi(properties({ inputs: properties({ x: number }) }), properties({ outputs: number }));
const live = signature({ x: tensor("DT_INT32", [-1, 2]) }, { y: tensor("DT_DOUBLE", null) });

describe("metadata beside an OpenAPI document", () => {
  test("give dtypes, shapes and the names that it lacks; words and places stay its own", async () => {
    const { model, diagnostics } = await interpret(plain, { metadata: metadata({ serving_default: live }) });
    expect(diagnostics).toEqual([]);
    const [operation] = model.operations;
    expect(operation?.framing).toEqual({ protocol: "tensors", signature: "serving_default", batched: true });
    expect(operation?.input.features).toMatchObject([
      { wireName: "x", doc: "Words.", codec: { dtype: "int32", shape: [-1, 2] } },
    ]);
    expect(operation?.output.features).toMatchObject([
      { wireName: "y", doc: "Words.", codec: { dtype: "float64", shape: null } },
    ]);
    const features = [...(operation?.input.features ?? []), ...(operation?.output.features ?? [])];
    for (const { codec } of features) expect(codec).not.toHaveProperty("assumed");
    for (const { codec } of features) expect(codec).not.toHaveProperty("unnamed");
  });

  test("add the signatures that it lacks, and the address", async () => {
    const more = metadata({ serving_default: live, z: signature() });
    const { model } = await interpret(plain, {
      metadata: more,
      metadataUrl: "http://h/v1/models/m/metadata",
    });
    expect(model.operations.map(({ id }) => id)).toEqual(["POST /v1/models/m:predict", "z"]);
    expect(model.url).toBe("http://h/v1/models/m");
  });

  test("name the signature where the only one with its tensors is called otherwise", async () => {
    const { model } = await interpret(plain, {
      metadata: metadata({ other: live, z: signature({ q: tensor("DT_BOOL") }) }),
    });
    expect(model.operations[0]?.framing).toMatchObject({ signature: "other" });
    expect(model.operations).toHaveLength(2);
  });

  test("know no bytes from text: what goes in as b64 stays so, what comes out is by the alias", async () => {
    const b64 = properties({ b64: { type: "string" } });
    const given = openapi(
      properties({ inputs: properties({ x: b64 }) }),
      properties({ outputs: properties({ y: b64, z_bytes: b64 }) }),
    );
    const text = tensor("DT_STRING", []);
    const said = metadata({ serving_default: signature({ x: text }, { y: text, z_bytes: text }) });
    const { model, diagnostics } = await interpret(given, { metadata: said });
    expect(diagnostics).toEqual([]);
    expect(model.operations[0]?.input.features).toMatchObject([{ codec: { dtype: "binary" } }]);
    expect(model.operations[0]?.output.features).toMatchObject([
      { codec: { dtype: "string" } },
      { codec: { dtype: "binary" } },
    ]);
  });

  test("overrule a stated dtype, and it is said", async () => {
    const stated = openapi(
      properties({ inputs: properties({ x: { "x-tensor": { dtype: "int64", shape: [-1, 2] } } }) }),
      properties({ outputs: number }),
    );
    const { model, diagnostics } = await interpret(stated, { metadata: metadata({ serving_default: live }) });
    expect(model.operations[0]?.input.features).toMatchObject([{ codec: { dtype: "int32" } }]);
    expect(diagnostics).toMatchObject([{ code: "tf-serving/metadata-overrules", severity: "warning" }]);
  });

  const lacking = openapi(
    properties({ signature_name: { const: "a" }, inputs: properties({ x: number }) }),
    properties({ outputs: number }),
  );
  test.each([
    {
      name: "another input",
      given: plain,
      signatures: { serving_default: signature({ w: tensor("DT_FLOAT") }) },
      want: "tf-serving/metadata-differs",
    },
    {
      name: "one more input",
      given: plain,
      signatures: { serving_default: signature({ x: tensor("DT_FLOAT"), w: tensor("DT_FLOAT") }) },
      want: "tf-serving/metadata-differs",
    },
    {
      name: "several outputs for one",
      given: plain,
      signatures: {
        serving_default: signature(
          { x: tensor("DT_FLOAT") },
          { y: tensor("DT_FLOAT"), z: tensor("DT_FLOAT") },
        ),
      },
      want: "tf-serving/metadata-differs",
    },
    {
      name: "no signature of that name",
      given: lacking,
      signatures: { serving_default: live },
      want: "tf-serving/metadata-lacks-signature",
    },
    {
      name: "two that would fit",
      given: plain,
      signatures: { a: live, b: live },
      want: "tf-serving/metadata-lacks-signature",
    },
    { name: "none that can be called", given: plain, signatures: {}, want: "tf-serving/no-signature" },
  ])("$name is an error", async ({ given, signatures, want }) => {
    expect(await refusal(given, { metadata: metadata(signatures) })).toBe(want);
  });

  test("that are none are an error, and so are those of metadata", async () => {
    expect(await refusal(plain, { metadata: { metadata: {} } })).toBe("tf-serving/no-metadata");
    const own = metadata({ serving_default: live });
    expect(await refusal(own, { metadata: own })).toBe("tf-serving/two-metadata");
  });
});
