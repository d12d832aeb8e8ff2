import { describe, expect, test } from "vitest";
import { memoryTransport } from "../../src/runtime/src/index.js";
import { createTfServingClient } from "../../src/runtime/src/tf-serving/index.js";
import type { Signature, TfServingDeployment } from "../../src/runtime/src/tf-serving/index.js";

interface Signatures {
  serving_default: Signature<{ input: number }, { output: number }>;
}

const deployment: TfServingDeployment<Signatures, { readonly predict: "serving_default" }> = {
  title: "Unnamed",
  url: "http://localhost:8501/v1/models/m",
  auth: [],
  main: { predict: "serving_default" },
  signatures: {
    serving_default: {
      name: "serving_default",
      batched: false,
      inputs: { input: { dtype: "float64", shape: [], assumed: true, unnamed: true } },
      outputs: { output: { dtype: "float32", shape: [], unnamed: true } },
    },
  },
};

const tensor = (dtype: string): object => ({ dtype, tensor_shape: { dim: [], unknown_rank: false } });

describe("a tensor that the description does not name", () => {
  test.each([
    {
      name: "has any name",
      inputs: { x: tensor("DT_INT32") },
      outputs: { y: tensor("DT_FLOAT") },
      fine: true,
    },
    {
      name: "has its dtype",
      inputs: { x: tensor("DT_INT32") },
      outputs: { y: tensor("DT_BOOL") },
      fine: false,
    },
    {
      name: "is alone",
      inputs: { x: tensor("DT_INT32"), z: tensor("DT_INT32") },
      outputs: { y: tensor("DT_FLOAT") },
      fine: false,
    },
    { name: "is there", inputs: {}, outputs: { y: tensor("DT_FLOAT") }, fine: false },
  ])("$name", async ({ inputs, outputs, fine }) => {
    const signature_def = { signature_def: { serving_default: { inputs, outputs, method_name: "" } } };
    const transport = memoryTransport(() => ({ json: { model_spec: {}, metadata: { signature_def } } }));
    const verified = createTfServingClient(deployment, { transport }).verify();
    if (fine) await expect(verified).resolves.toBeUndefined();
    else await expect(verified).rejects.toMatchObject({ name: "DriftError" });
  });
});
