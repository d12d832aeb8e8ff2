/** The client of an imaginary service. */
import type { Described, Since, WireNames } from "@gen-deploy/runtime";
import { createServiceClient, isErrorReply as isReplyTo } from "@gen-deploy/runtime/service";
import type {
  ErrorReply,
  ErrorsOf,
  FileInput,
  Image,
  ImageInput,
  LinkInput,
  Open,
  RemoteFile,
  ServiceClient,
  ServiceClientOptions,
  ServiceDeployment,
  ServiceOperation,
  StreamOperation,
} from "@gen-deploy/runtime/service";
import type { components } from "./wire.js";

export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/service";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
export type { DeploymentErrorCode } from "@gen-deploy/runtime";
export type {
  ErrorReply,
  FileInput,
  Image,
  ImageInput,
  LinkInput,
  Open,
  RemoteFile,
} from "@gen-deploy/runtime/service";

/** The label sets of the description, in its order. */
export const labels = {
  Kind: ["cat", "dog"],
} as const;

/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = { readonly [Set in keyof typeof labels]: (typeof labels)[Set][number] };

/** What `predict` takes. */
export interface Input {
  photo: FileInput;
  sketch: ImageInput;
  site: LinkInput;
}

/** What `predict` answers. */
export interface Output {
  kind: Open<Labels["Kind"]>;
  outline: Image;
  page: RemoteFile;
}

/** What the service says where it fails. */
export interface Failure {
  detail: string;
}

/** The operations of the service: what each takes and gives, and its documented error replies by status. */
export interface Operations {
  predict: ServiceOperation<Input, Output, Record<422, Failure>>;
  watch: StreamOperation<void, string>;
}

/** The types to which the descriptor gives names. */
export interface Shapes {
  Failure: Failure;
}

/** A client of this service. */
export type Client = Since<"0.1", ServiceClient<Operations, Shapes>>;

/** The names that the description gives to members: one that it lacks does not compile. */
interface Known {
  Failure: WireNames<components, ["schemas", "Failure"]>;
}
type Strangers = { [Name in keyof Known]: Exclude<keyof Shapes[Name], Known[Name]> }[keyof Known];
type Checked = Described<ServiceDeployment<Operations, Shapes>, Strangers, never>;

/** What the description says of this service. */
export const deployment: ServiceDeployment<Operations, Shapes> = {
  title: "Imaginary",
  url: null,
  auth: [],
  shapes: {
    Failure: { type: "object", members: { detail: { shape: { type: "text" } } } },
  },
  operations: {
    predict: {
      method: "POST",
      path: "/predict",
      stream: false,
      parameters: {},
      body: {
        mediaType: "multipart/form-data",
        form: "multipart",
        at: "whole",
        shape: {
          type: "object",
          members: {
            photo: { shape: { type: "file", form: "binary" } },
            sketch: { shape: { type: "file", form: "data-url" } },
            site: { shape: { type: "file", form: "uri" } },
          },
        },
      },
      replies: [
        {
          status: "200",
          form: "json",
          mediaType: "application/json",
          shape: {
            type: "object",
            members: {
              kind: { shape: { type: "enum", values: labels.Kind } },
              outline: { shape: { type: "file", form: "data-url" } },
              page: { shape: { type: "file", form: "uri" } },
            },
          },
        },
        {
          status: "422",
          form: "json",
          mediaType: "application/json",
          shape: { type: "named", name: "Failure" },
        },
      ],
    },
    watch: {
      method: "GET",
      path: "/watch",
      stream: true,
      parameters: {},
      body: null,
      replies: [{ status: "200", form: "events", mediaType: "text/event-stream", shape: { type: "text" } }],
    },
  },
} as const satisfies Checked;

/** Whether `error` is the documented reply of an operation to a failure: then `error.reply` is what the service said. */
export function isErrorReply<
  Name extends keyof Operations & string,
  Status extends keyof ErrorsOf<Operations[Name]> & (number | string),
>(error: unknown, operation: Name, status: Status): error is ErrorReply<ErrorsOf<Operations[Name]>[Status]> {
  return isReplyTo(error, operation, status);
}

/** Makes a client. A service that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options: ServiceClientOptions = {}): Client {
  return createServiceClient<Operations, Shapes>(deployment, options);
}
