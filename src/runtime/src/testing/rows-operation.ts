import type { FieldCodec } from "../codec.js";
import type { Coder } from "../coder.js";
import { coders } from "../coders/index.js";
import { createCoder } from "../coders/table.js";
import type { AuthScheme, Feature, Framing } from "../deployment.js";
import { DeploymentError, shown } from "../errors.js";

/** What a mock must know of a deployment: whatever its rows are, its descriptor has this in it. */
export interface MockedDeployment {
  readonly auth: readonly AuthScheme[];
  readonly operations: {
    readonly predict: {
      readonly framing: Framing;
      readonly inputs: Readonly<Record<string, Feature>>;
      readonly outputs: Readonly<Record<string, Feature>>;
    };
  };
}

/** A feature with what carries its values. */
export interface MockedFeature {
  readonly name: string;
  readonly optional: boolean;
  readonly codec: FieldCodec;
  readonly coder: Coder;
}

/** The operation of a mock, held to the description in every point. */
export interface MockedRows {
  /** Whether a row may also come as a form. */
  readonly multipart: boolean;
  readonly inputs: readonly MockedFeature[];
  readonly outputs: readonly MockedFeature[];
}

/** A row of either side as it is once it has been read. */
export type Row = Readonly<Record<string, unknown>>;

/** The operation `predict` of `deployment`; throws `bad-options` where rows are not framed as Peltarion frames them. */
export function toMockedRows(deployment: MockedDeployment): MockedRows {
  const { framing, inputs, outputs } = deployment.operations.predict;
  if (framing.protocol !== "rows") {
    throw new DeploymentError(
      "bad-options",
      `The deployment speaks the protocol ${shown(framing.protocol)}, but this mock speaks "rows".`,
    );
  }
  return { multipart: framing.multipart, inputs: toFeatures(inputs), outputs: toFeatures(outputs) };
}

function toFeatures(features: Readonly<Record<string, Feature>>): readonly MockedFeature[] {
  return Object.entries(features).map(([name, { codec, optional = false }]) => {
    const coder = createCoder(codec, { feature: name, validate: true, strict: true }, coders);
    return { name, optional, codec, coder };
  });
}
