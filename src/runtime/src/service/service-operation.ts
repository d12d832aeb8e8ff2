import type { HttpBody, HttpPlace, HttpReply } from "../deployment.js";
import type { JsonShape } from "../shapes/json-shape.js";
import type { Shapes } from "../shapes/stated-shapes.js";

/** One parameter, whatever type its values have. */
export interface OperationParameter {
  readonly shape: JsonShape;
  readonly place: HttpPlace;
  readonly optional?: true;
}

/** An operation, whatever types its callers know it by. */
export interface AnyOperationDescriptor {
  readonly method: string;
  readonly path: string;
  readonly stream: boolean;
  readonly parameters: Readonly<Record<string, OperationParameter>>;
  readonly body: OperationBody | null;
  readonly replies: readonly HttpReply[];
}

/** How a body goes out, and what it looks like. */
export interface OperationBody extends HttpBody {
  readonly shape: JsonShape;
}

/** By what shapes values are written. */
export interface WriteRules {
  readonly shapes: Shapes;
  /** False leaves bounds, labels, and members that are missing or unknown to the service. */
  readonly validate: boolean;
}
