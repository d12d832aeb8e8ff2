import { faultAt, listed, quoted } from "../spec/openapi-fault.js";
import { isNamed, operationName } from "../spec/openapi-operations.js";
import { appendPointer, formatPointer, ownMember } from "../spec/pointer.js";
import type { ResolvedSpec, SpecOperation } from "../spec/spec-types.js";
import { tensorFlag } from "./peltarion-marker.js";

/** The one operation of a deployment, and how its arrays go over the wire. */
export interface Forward {
  readonly operation: SpecOperation;
  readonly tensorForm: "flat" | "npy";
  /** JSON pointer to the flag that says so, whether it is there or not. */
  readonly flagPointer: string;
}

/**
 * The operation that predicts: the `POST` whose path ends in `/forward`, or whose path item has the flag; among all `POST`s, the
 * one that the user names.
 */
export function forwardOperation(spec: ResolvedSpec, wanted: readonly string[]): Forward {
  const posts = spec.operations.filter(({ method }) => method === "post");
  const candidates = wanted.length > 0 ? namedOperations(spec, posts, wanted) : posts.filter(isForward);
  const [operation, ...others] = candidates;
  if (operation === undefined) throw noForward(spec, posts);
  if (others.length > 0) throw severalForwards(spec, candidates);

  const { value, pointer } = operation.pathItem;
  const flag = ownMember(value, tensorFlag);
  if (flag !== undefined && typeof flag !== "boolean") {
    throw faultAt(spec, appendPointer(pointer, tensorFlag), {
      code: "peltarion/bad-flag",
      message: `${tensorFlag} is ${quoted(flag)}, not true or false.`,
      hint: 'Write true where arrays travel as {"shape", "data"}, or leave it out where they travel as .npy files.',
    });
  }
  return {
    operation,
    tensorForm: flag === true ? "flat" : "npy",
    flagPointer: formatPointer(["paths", operation.path, tensorFlag]),
  };
}

function isForward({ path, pathItem }: SpecOperation): boolean {
  return path.replace(/\/+$/, "").endsWith("/forward") || ownMember(pathItem.value, tensorFlag) !== undefined;
}

function namedOperations(
  spec: ResolvedSpec,
  posts: readonly SpecOperation[],
  wanted: readonly string[],
): readonly SpecOperation[] {
  const unknown = wanted.find((name) => !posts.some((operation) => isNamed(operation, name)));
  if (unknown !== undefined) {
    throw faultAt(spec, "/paths", {
      code: "peltarion/unknown-operation",
      message: `No POST operation is called ${quoted(unknown)}; the description has ${listed(posts.map(operationName))}.`,
      hint: "Name one of these with --operation.",
    });
  }
  return posts.filter((operation) => wanted.some((name) => isNamed(operation, name)));
}

function noForward(spec: ResolvedSpec, posts: readonly SpecOperation[]): Error {
  return faultAt(spec, "/paths", {
    code: "peltarion/no-forward",
    message: `No POST operation has a path that ends in /forward or the mark ${tensorFlag}; POST operations: ${listed(posts.map(operationName))}.`,
    hint:
      posts.length > 0
        ? "Name the one that predicts with --operation."
        : "Fetch the description again: it is the deployment's openapi.json.",
  });
}

function severalForwards(spec: ResolvedSpec, candidates: readonly SpecOperation[]): Error {
  return faultAt(spec, "/paths", {
    code: "peltarion/several-forwards",
    message: `${candidates.length} operations could be the one that predicts: ${listed(candidates.map(operationName))}.`,
    hint: "Name one of these with --operation.",
  });
}
