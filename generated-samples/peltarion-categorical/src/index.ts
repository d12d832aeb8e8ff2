/** Hospital triage. */
import type {
  ClientOptions,
  Deployment,
  Described,
  PredictClient,
  Since,
  WireNames,
} from "@gen-deploy/runtime";
import type { ImageInput, Probabilities } from "@gen-deploy/runtime";
import { createLateClient } from "@gen-deploy/runtime/late";
import type { components } from "./wire.js";

export {
  DeploymentError,
  DriftError,
  isDeploymentError,
  ndarray,
  ranked,
  topLabel,
} from "@gen-deploy/runtime/late";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
export type {
  DeploymentErrorCode,
  Image,
  ImageInput,
  NdArray,
  Probabilities,
} from "@gen-deploy/runtime";

/** The label sets of categorical features, in the description's order. */
export const labels = { severity: ["mild", "moderate", "severe"] } as const;

/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = { readonly [Set in keyof typeof labels]: (typeof labels)[Set][number] };

/** One row as the deployment takes it. */
export interface Input {
  age: number;
  photo: ImageInput;
  ward: string;
}

/** One row as the deployment answers it. */
export interface Output {
  /** How urgent it is. */
  severity: Probabilities<Labels["severity"]>;
}

/** A client of this deployment. */
export type Client = Since<"0.1", PredictClient<Input, Output>>;

/** The names that the description gives to the features: one that it lacks does not compile. */
type InputName = WireNames<components, ["schemas", "input-row"]>;
type OutputName = WireNames<components, ["schemas", "output-row-batch", "rows"]>;

/** What the description says of this deployment. */
export const deployment: Deployment<Input, Output> = {
  title: "Hospital triage",
  url: "http://127.0.0.1:8080/deployment/triage/forward",
  auth: [{ kind: "bearer" }],
  description: {
    url: "openapi.json",
    inputs: "/components/schemas/input-row/properties",
    outputs: "/components/schemas/output-row-batch/properties/rows/properties",
    rest: {},
  },
  operations: {
    predict: {
      method: "POST",
      path: "",
      framing: { protocol: "rows", multipart: true },
      inputs: {
        age: { codec: { kind: "number" }, fingerprint: "658ed412de5274a5" },
        photo: {
          codec: {
            kind: "image",
            mediaTypes: ["image/png", "image/jpeg"],
            alpha: false,
            shape: [100, 100, 3],
          },
          fingerprint: "4ed0a70337c69a11",
        },
        ward: { codec: { kind: "text" }, fingerprint: "cb60b37c61f07254" },
      },
      outputs: {
        severity: {
          codec: { kind: "probabilities", labels: labels.severity, size: 3 },
          fingerprint: "b06938a6a329e76e",
        },
      },
    },
  },
} satisfies Described<
  Described<Deployment<Input, Output>, keyof Input, InputName>,
  keyof Output,
  OutputName
>;

/** Makes a client. A deployment that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options: ClientOptions = {}): Client {
  return createLateClient(deployment, () => import("./parts.js"), options);
}
