import type { JsonShape } from "@gen-deploy/runtime";
import type { DeploymentModel, FeatureModel } from "../model/deployment-model.js";
import { createShapeBook } from "../plan/shape-book.js";
import type { BoundMember } from "./bound-deployment.js";

/** The shapes of one model, as descriptors have them: every name leads somewhere, and what takes anything says so. */
export interface BoundShapes {
  readonly bound: (shape: JsonShape) => JsonShape;
  /** All that have a name, by it. */
  readonly named: Readonly<Record<string, JsonShape>>;
}

/** Looks through the shapes of a model. */
export function bindShapes({ shapes }: DeploymentModel): BoundShapes {
  const book = createShapeBook(shapes);
  const bound = (shape: JsonShape): JsonShape => {
    switch (shape.type) {
      case "list":
        return { ...shape, items: bound(shape.items) };
      case "tuple":
        return {
          ...shape,
          items: shape.items.map(bound),
          ...(shape.rest === undefined ? {} : { rest: bound(shape.rest) }),
        };
      case "record":
        return { ...shape, values: bound(shape.values) };
      case "object": {
        const members = Object.entries(shape.members).map(
          ([name, member]) => [name, { ...member, shape: bound(member.shape) }] as const,
        );
        const { rest } = shape;
        const others = rest === undefined || rest === false ? rest : bound(rest);
        return {
          ...shape,
          members: Object.fromEntries(members),
          ...(others === undefined ? {} : { rest: others }),
        };
      }
      case "union":
        return book.isAny(shape) ? any : { ...shape, of: shape.of.map(bound) };
      case "named":
        return book.has(shape.name) ? shape : any;
      default:
        return shape;
    }
  };
  const named = Object.fromEntries(book.all.map(({ name }) => [name, bound(book.find(name).shape)]));
  return { bound, named };
}

const any: JsonShape = { type: "any" };

/** The shape of a feature whose values a schema describes. */
export function shapeOf({ wireName, codec }: FeatureModel): JsonShape {
  if (codec.kind === "json") return codec.shape;
  throw new Error(`no shape: ${codec.kind} of ${wireName}`);
}

/** Features that a schema describes, by name. */
export function bindMembers(
  features: readonly FeatureModel[],
  { bound }: BoundShapes,
): Readonly<Record<string, BoundMember>> {
  return Object.fromEntries(
    features.map((feature) => [
      feature.wireName,
      { shape: bound(shapeOf(feature)), ...(feature.required ? {} : { optional: true as const }) },
    ]),
  );
}
