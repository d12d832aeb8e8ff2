/*
 * A model comes in; what a generated package exports as its `deployment` goes out, without a package between. What the
 * plan writes as source, and what stands here, are held together by a test over every sample.
 */
import type { Feature, FieldCodec } from "@gen-deploy/runtime";
import type { DeploymentModel, FeatureModel, OperationModel, RowModel } from "../model/deployment-model.js";
import { bindService } from "./bind-service.js";
import { bindMembers, bindShapes, shapeOf } from "./bind-shapes.js";
import { bindSignatures } from "./bind-signatures.js";
import type {
  BoundDeployment,
  CogModelDeployment,
  FunctionDeployment,
  RowsDeployment,
} from "./bound-deployment.js";

/** The deployment that a model is of, as the runtime takes it. */
export function bindModel(model: DeploymentModel): BoundDeployment {
  const [main] = model.operations;
  if (main === undefined) throw new Error("a model without an operation");
  switch (main.framing.protocol) {
    case "rows":
      return { system: "rows", deployment: bindRows(model, main) };
    case "tensors":
    case "examples":
      return { system: "tf-serving", deployment: bindSignatures(model) };
    case "http":
      return { system: "service", deployment: bindService(model) };
    case "data":
      return { system: "modelbit", deployment: bindFunction(model, main) };
    case "cog":
      return { system: "cog", deployment: bindCog(model, main) };
  }
}

function bindRows({ title, url, auth, live }: DeploymentModel, main: OperationModel): RowsDeployment {
  const { method, path, framing, input, output } = main;
  const description =
    live === null
      ? null
      : {
          url: live.url,
          inputs: input.pointer,
          outputs: output.pointer,
          rest: Object.fromEntries(live.rest.map(({ pointer, fingerprint }) => [pointer, fingerprint])),
        };
  const predict = { method, path, framing, inputs: featuresOf(input), outputs: featuresOf(output) };
  return { title, url, auth, description, operations: { predict } };
}

function featuresOf({ features }: RowModel): Readonly<Record<string, Feature>> {
  return Object.fromEntries(
    features.map((feature) => {
      const { wireName, required, fingerprint } = feature;
      return [
        wireName,
        { codec: fieldCodec(feature), ...(required ? {} : { optional: true as const }), fingerprint },
      ];
    }),
  );
}

function fieldCodec({ codec, wireName }: FeatureModel): FieldCodec {
  if (codec.kind === "json" || codec.kind === "example") throw noField(codec.kind, wireName);
  if (codec.kind !== "tensor") return codec;
  if (codec.form === "nested") throw noField(codec.form, wireName);
  return codec;
}

function noField(kind: string, name: string): Error {
  return new Error(`no value of a row: ${kind} of ${name}`);
}

function bindFunction(model: DeploymentModel, main: OperationModel): FunctionDeployment {
  const { title, url, auth } = model;
  const { features } = main.input;
  if (main.framing.protocol !== "data") throw new Error(`no function: ${main.framing.protocol}`);
  const shapes = bindShapes(model);
  return {
    title,
    url,
    auth,
    form: main.framing.form,
    order: features.map(({ wireName }) => wireName),
    inputs: bindMembers(features, shapes),
    output: shapes.bound(shapeOf(onlyOf(main.output))),
    ...(Object.keys(shapes.named).length === 0 ? {} : { shapes: shapes.named }),
  };
}

function bindCog(model: DeploymentModel, main: OperationModel): CogModelDeployment {
  const { title, url, auth } = model;
  const { framing, input, output } = main;
  if (framing.protocol !== "cog") throw new Error(`no Cog model: ${framing.protocol}`);
  const shapes = bindShapes(model);
  return {
    title,
    url,
    auth,
    framing,
    inputs: bindMembers(input.features, shapes),
    output: shapes.bound(shapeOf(onlyOf(output))),
    shapes: shapes.named,
  };
}

function onlyOf({ features }: RowModel): FeatureModel {
  const [only] = features;
  if (only !== undefined) return only;
  throw new Error("nothing comes out");
}
