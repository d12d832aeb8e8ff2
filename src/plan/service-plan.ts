import type { DeploymentModel, NamedShapeModel } from "../model/deployment-model.js";
import { createNames, toTypeName } from "./names.js";
import { named, type Edit, type Member, type SourcePlan, type TypeTree } from "./package-plan.js";
import { serviceDescriptor } from "./service-descriptor.js";
import { methodNames } from "./service-names.js";
import {
  argumentShape,
  methodTypes,
  outputShape,
  typeNames,
  type ServiceMethodPlan,
} from "./service-types.js";
import { createShapeBook, type ShapeBook } from "./shape-book.js";
import { createShapeLabels } from "./shape-labels.js";
import { createShapeTypes, shapeValueTypes } from "./shape-types.js";
import { headline, unusedImports } from "./source-edits.js";
import { namesIn } from "./type-names.js";

/** The entry of a package whose deployment is a service with operations of its own. */
export function planService(model: DeploymentModel): SourcePlan {
  const methods = listMethods(model);
  const book = createShapeBook(model.shapes);
  const labels = createShapeLabels();
  const own = ownShapes(methods, book);
  const taken = [...templateTypes, ...methods.flatMap(typeNames).filter((name) => !own.has(name))];
  const types = createShapeTypes({ book, labels, taken, first: [...own.values()] });
  const planned = methods.map((method) => ({ method, ...methodTypes(method, { book, types }) }));
  const shapes = types.declarations();
  const known = knownMembers(book);
  const used = new Set([...types.used, ...planned.flatMap(({ operation }) => namesIn(operation))]);
  const edits: readonly Edit[] = [
    { kind: "set-doc", target: null, doc: headline(model) },
    ...unusedImports([...shapeValueTypes, "ServiceOperation", "StreamOperation"], used),
    ...["Input", "Output", "Failure"].map((target) => ({ kind: "remove", target }) as const),
    {
      kind: "add-types",
      target: "Operations",
      types: [...planned.flatMap(({ declared }) => declared), ...shapes],
    },
    { kind: "set-members", target: "Operations", members: planned.map(operationMember) },
    { kind: "set-members", target: "Shapes", members: types.members() },
    ...(known.length === 0 ? unchecked : [{ kind: "set-members", target: "Known", members: known } as const]),
    { kind: "set-value", target: "deployment", value: serviceDescriptor(model, methods, { book, labels }) },
    // Last: all labels have been asked for.
    { kind: "set-value", target: "labels", value: labels.value() },
  ];
  return {
    template: "client/src/service.ts",
    edits,
    hasWireTypes: known.length > 0,
    runtimeEntries: ["index", "service/index"],
    testing: "service",
  };
}

/** The methods of a service's client, the main operation's first. */
export function listMethods({ operations }: DeploymentModel): readonly ServiceMethodPlan[] {
  const names = methodNames(operations);
  const prefixes = createNames([], toPrefix);
  return operations.map((operation, index) => {
    const { framing } = operation;
    if (framing.protocol !== "http")
      throw new Error(`no operation of a service: one of the protocol ${framing.protocol}`);
    const name = names[index] ?? "";
    return { name, operation, framing, prefix: index === 0 ? "" : prefixes(name) };
  });
}

/** `FileInput` and its like are types of the runtime. */
function toPrefix(name: string): string {
  const prefix = toTypeName(name);
  return shapeValueTypes.includes(`${prefix}Input`) ? `${prefix}Call` : prefix;
}

/** What the template declares, imports or exports besides the types of values. */
export const templateTypes: readonly string[] = [
  ...[
    "Checked",
    "Client",
    "DeploymentError",
    "DeploymentErrorCode",
    "Described",
    "ErrorReply",
    "ErrorsOf",
    "Known",
    "Operations",
  ],
  ...["Partial", "ServiceClient", "ServiceClientOptions", "ServiceDeployment", "ServiceOperation", "Shapes"],
  ...["Since", "StreamOperation", "Strangers", "WireNames"],
];

/** The shapes that are called what the type of an argument or reply would be: by that name, one each. */
function ownShapes(methods: readonly ServiceMethodPlan[], book: ShapeBook): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const method of methods) {
    const [input, output] = typeNames(method);
    for (const [name, shape] of [
      [input, argumentShape(method)],
      [output, outputShape(method.operation)],
    ] as const) {
      if (shape?.type === "named" && book.has(shape.name) && toTypeName(shape.name) === name)
        own.set(name, shape.name);
    }
  }
  return own;
}

function operationMember({
  method,
  operation,
}: {
  readonly method: ServiceMethodPlan;
  readonly operation: TypeTree;
}): Member {
  return { name: method.name, type: operation, optional: false, doc: method.operation.doc };
}

/** The objects whose members can be held to the types that openapi-typescript makes. */
function knownMembers({ all }: ShapeBook): readonly Member[] {
  return all.filter(isKnown).map(({ name, wireType }) => {
    const [root = "components", ...path] = wireType ?? [];
    const keys = path.map((value) => ({ kind: "literal", value }) as const);
    const type = named("WireNames", named(root), { kind: "tuple", items: keys });
    return { name, type, optional: false, doc: "" };
  });
}

function isKnown({ shape, wireType }: NamedShapeModel): boolean {
  const hasOwnMembers = shape.type === "object" && (shape.rest === undefined || shape.rest === false);
  return hasOwnMembers && wireType?.[0] === "components";
}

/** Without types of the description there are no names to hold the members to. */
const unchecked: readonly Edit[] = [
  ...unusedImports(["Described", "WireNames", "components", "Known", "Strangers"], new Set()),
  {
    kind: "set-type",
    target: "Checked",
    type: named("ServiceDeployment", named("Operations"), named("Shapes")),
  },
];
