/*
 * The client of services that OpenAPI describes.
 */
export { createServiceClient } from "./create-client.js";
export { isErrorReply } from "./is-error-reply.js";
export { DeploymentError, isDeploymentError } from "../errors.js";
export type {
  AnyOperation,
  ErrorReply,
  ErrorsOf,
  OperationDescriptor,
  ServiceClient,
  ServiceClientOptions,
  ServiceDeployment,
  ServiceMethod,
  ServiceOperation,
  ServiceParameter,
  StreamOperation,
} from "./client-types.js";
export type { CallOptions } from "../client/client-types.js";
export type { BlobLike, FileSource, Image, ImageInput } from "../files/image.js";
export type { FileInput, LinkInput, Open, RemoteFile } from "../shapes/value-types.js";
