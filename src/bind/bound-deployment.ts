/*
 * What a generated package exports as `deployment`, as a value of this process, whatever its rows' types: those are
 * known to the compiler of a generated package alone.
 */
import type {
  AuthScheme,
  CogFraming,
  Feature,
  Framing,
  HttpBody,
  HttpPlace,
  HttpReply,
  JsonShape,
  LiveDescription,
} from "@gen-deploy/runtime";
import type { MainSignatures, SignatureDescriptor } from "@gen-deploy/runtime/tf-serving";

/** A deployment as the runtime takes it, with the system that it is of. */
export type BoundDeployment =
  | { readonly system: "rows"; readonly deployment: RowsDeployment }
  | { readonly system: "tf-serving"; readonly deployment: SignaturesDeployment }
  | { readonly system: "modelbit"; readonly deployment: FunctionDeployment }
  | { readonly system: "cog"; readonly deployment: CogModelDeployment }
  | { readonly system: "service"; readonly deployment: OperationsDeployment };

/** What the descriptors of all systems have. */
interface AnyDeployment {
  readonly title: string;
  readonly url: string | null;
  readonly auth: readonly AuthScheme[];
}

/** One that takes and gives rows. */
export interface RowsDeployment extends AnyDeployment {
  readonly description: LiveDescription | null;
  readonly operations: { readonly predict: RowsOperation };
}

/** How rows go in and come out. */
export interface RowsOperation {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly framing: Framing;
  readonly inputs: Readonly<Record<string, Feature>>;
  readonly outputs: Readonly<Record<string, Feature>>;
}

/** A model on TensorFlow Serving. */
export interface SignaturesDeployment extends AnyDeployment {
  readonly main: MainSignatures;
  readonly signatures: Readonly<Record<string, SignatureDescriptor>>;
}

/** A value that a schema describes. */
export interface BoundMember {
  readonly shape: JsonShape;
  readonly optional?: true;
}

/** A function on Modelbit. */
export interface FunctionDeployment extends AnyDeployment {
  readonly form: "arguments" | "rows";
  readonly order: readonly string[];
  readonly inputs: Readonly<Record<string, BoundMember>>;
  readonly output: JsonShape;
  readonly shapes?: Readonly<Record<string, JsonShape>>;
}

/** A Cog model. */
export interface CogModelDeployment extends AnyDeployment {
  readonly framing: CogFraming;
  readonly inputs: Readonly<Record<string, BoundMember>>;
  readonly output: JsonShape;
  readonly shapes: Readonly<Record<string, JsonShape>>;
}

/** A plain service. */
export interface OperationsDeployment extends AnyDeployment {
  readonly shapes: Readonly<Record<string, JsonShape>>;
  /** By the name of the client's method, the main operation first. */
  readonly operations: Readonly<Record<string, BoundOperation>>;
}

/** One operation of a service. */
export interface BoundOperation {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly stream: boolean;
  readonly parameters: Readonly<Record<string, BoundMember & { readonly place: HttpPlace }>>;
  readonly body: (HttpBody & { readonly shape: JsonShape }) | null;
  readonly replies: readonly HttpReply[];
}
