import type { HttpBody, HttpPlace, HttpReply, JsonShape } from "@gen-deploy/runtime";
import { emit, type SourceText } from "../../src/emit/emit.js";
import type {
  DeploymentModel,
  FeatureModel,
  NamedShapeModel,
  OperationModel,
  RowModel,
} from "../../src/model/deployment-model.js";
import { planPackage } from "../../src/plan/plan-package.js";
import type { JsonObject } from "../../src/spec/spec-types.js";
import { templates } from "../templates.js";

/** What a test says of an operation. */
export interface OperationGiven {
  readonly id: string;
  readonly method?: OperationModel["method"];
  readonly path?: string;
  readonly doc?: string;
  readonly parameters?: readonly FeatureModel[];
  readonly places?: Readonly<Record<string, HttpPlace>>;
  readonly body?: JsonShape;
  readonly at?: HttpBody["at"];
  readonly bodyOptional?: true;
  readonly output?: JsonShape;
  readonly stream?: boolean;
  readonly errors?: Readonly<Record<string, JsonShape>>;
}

/** An operation of a service, as the plain dialect would make it. */
export function operation(given: OperationGiven): OperationModel {
  const { id, method = "POST", path = "/predict", parameters = [], body, output = { type: "any" } } = given;
  const inputs = body === undefined ? parameters : [...parameters, bodyFeature(given, body)];
  const mediaType = "application/json";
  const replies: readonly HttpReply[] = [
    { status: "200", form: given.stream === true ? "events" : "json", mediaType, shape: output },
    ...Object.entries(given.errors ?? {}).map(
      ([status, shape]) => ({ status, form: "json", mediaType, shape }) as const,
    ),
  ];
  const optional = given.bodyOptional === true ? { optional: true as const } : {};
  return {
    id,
    doc: given.doc ?? "",
    method,
    path,
    framing: {
      protocol: "http",
      places: given.places ?? placesOf(parameters),
      body: body === undefined ? null : { mediaType, form: "json", at: given.at ?? "whole", ...optional },
      replies,
    },
    input: row(inputs),
    output: { ...row([feature("result", output)]), bare: true, stream: given.stream === true },
  };
}

/** A parameter of an operation, or its body. */
export function feature(
  wireName: string,
  shape: JsonShape,
  required: boolean = true,
  doc: string = "",
): FeatureModel {
  return { wireName, doc, required, codec: { kind: "json", shape }, fingerprint: "0" };
}

/** A shape under a name. */
export function namedShape(
  name: string,
  shape: JsonShape,
  given: Partial<NamedShapeModel> = {},
): NamedShapeModel {
  return { name, doc: "", shape, docs: {}, side: "both", wireType: null, ...given };
}

/** A service. */
export function service(
  operations: readonly OperationModel[],
  shapes: readonly NamedShapeModel[] = [],
  title: string = "A service",
): DeploymentModel {
  return { dialect: "openapi", title, doc: "", url: null, auth: [], live: null, operations, shapes };
}

/** The files of a service's package. */
export async function servicePackage(
  model: DeploymentModel,
  root: JsonObject = {},
): Promise<readonly SourceText[]> {
  const specs = [{ file: "openapi.json", text: "{}" }];
  const options = { runtime: "shared", emit: ["ts", "js"], specs, previous: null } as const;
  const plan = planPackage(model, { ...options, runtimeFiles: new Map() });
  return await emit(plan, { templates, root });
}

function bodyFeature({ bodyOptional }: OperationGiven, shape: JsonShape): FeatureModel {
  return feature("body", shape, bodyOptional !== true);
}

function placesOf(parameters: readonly FeatureModel[]): Readonly<Record<string, HttpPlace>> {
  return Object.fromEntries(
    parameters.map(({ wireName }): [string, HttpPlace] => [
      wireName,
      { in: "query", name: wireName, style: "form", explode: true },
    ]),
  );
}

function row(features: readonly FeatureModel[]): RowModel {
  return { features, bare: false, stream: false, pointer: "", wireType: null };
}
