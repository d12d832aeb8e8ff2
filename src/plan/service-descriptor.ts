import type { HttpReply } from "@gen-deploy/runtime";
import type { DeploymentModel, FeatureModel } from "../model/deployment-model.js";
import { json } from "./descriptor.js";
import { list, literal, object, type Value } from "./package-plan.js";
import { bodyOf, parametersOf, shapeOf, type ServiceMethodPlan } from "./service-types.js";
import { shapesValue, shapeValue, type ShapeValuesOptions } from "./shape-values.js";

/** The descriptor of a service. */
export function serviceDescriptor(
  model: DeploymentModel,
  methods: readonly ServiceMethodPlan[],
  options: ShapeValuesOptions,
): Value {
  return object([
    ["title", literal(model.title)],
    ["url", literal(model.url)],
    ["auth", json(model.auth)],
    ["shapes", shapesValue(options)],
    ["operations", object(methods.map((method) => [method.name, methodValue(method, options)]))],
  ]);
}

function methodValue(method: ServiceMethodPlan, options: ShapeValuesOptions): Value {
  const { operation, framing, prefix } = method;
  const parameter = (feature: FeatureModel): Value => {
    const { wireName, required } = feature;
    return object([
      ["shape", shapeValue(options, shapeOf(feature), wireName)],
      ["place", Object.hasOwn(framing.places, wireName) ? json(framing.places[wireName]) : undefined],
      ["optional", required ? undefined : literal(true)],
    ]);
  };
  return object([
    ["method", literal(operation.method)],
    ["path", literal(operation.path)],
    ["stream", literal(operation.output.stream)],
    ["parameters", object(parametersOf(method).map((feature) => [feature.wireName, parameter(feature)]))],
    ["body", bodyValue(method, options)],
    ["replies", list(framing.replies.map((reply) => replyValue(reply, `${prefix}Output`, options)))],
  ]);
}

function bodyValue(method: ServiceMethodPlan, options: ShapeValuesOptions): Value {
  const { body } = method.framing;
  const feature = bodyOf(method);
  if (body === null || feature === undefined) return literal(null);
  const name = body.at === "member" ? feature.wireName : `${method.prefix}Input`;
  return object([
    ["mediaType", literal(body.mediaType)],
    ["form", literal(body.form)],
    ["at", literal(body.at)],
    ["optional", body.optional === true ? literal(true) : undefined],
    ["shape", shapeValue(options, shapeOf(feature), name)],
  ]);
}

/** Label sets are called as those in the types: after the output, or after the status of a failure. */
function replyValue(
  { status, form, mediaType, shape }: HttpReply,
  name: string,
  options: ShapeValuesOptions,
): Value {
  const at = /^2(?:\d\d|XX)$/i.test(status) ? name : `error ${status}`;
  return object([
    ["status", literal(status)],
    ["form", literal(form)],
    ["mediaType", literal(mediaType)],
    ["shape", shapeValue(options, shape, at)],
  ]);
}
