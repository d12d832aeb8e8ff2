/*
 * The public face of the runtime. What only Node has stands behind `@gen-deploy/runtime/node`, the coders behind
 * `@gen-deploy/runtime/coders`, each protocol behind `@gen-deploy/runtime/protocols/<id>`, so that a client carries no
 * more than it uses.
 */
export { createDeploymentClient } from "./client/client.js";
export { createRowEngine } from "./client/row-engine.js";
export type { DeploymentParts, RowAccess, RowEngine } from "./client/row-engine.js";
export type {
  BatchOptions,
  CallOptions,
  ClientOptions,
  PredictClient,
  PredictOptions,
  StreamOptions,
} from "./client/client-types.js";
export type { Credential, CredentialSource } from "./http/auth.js";
export type { RetryOptions } from "./http/retry.js";

export type {
  CodecSpec,
  ExampleCodec,
  FieldCodec,
  ImageCodec,
  JsonCodec,
  LabelCodec,
  NestedTensorCodec,
  NumberCodec,
  ProbabilitiesCodec,
  TensorCodec,
  TensorShape,
  TextCodec,
} from "./codec.js";
export type {
  AuthScheme,
  CodecFor,
  CogFraming,
  DataFraming,
  Deployment,
  Described,
  ExamplesFraming,
  Feature,
  FeaturesOf,
  Framing,
  HttpBody,
  HttpFraming,
  HttpPlace,
  HttpReply,
  LiveDescription,
  Operation,
  RowsFraming,
  TensorsFraming,
  WireNames,
} from "./deployment.js";

export { DeploymentError, DriftError, isDeploymentError } from "./errors.js";
export type { DeploymentErrorCode, DeploymentErrorDetails, DriftChange } from "./errors.js";

export { ndarray } from "./arrays/nd-array.js";
export type { AnyNested, DtypeOf, NdArray, Nested, TensorInput, TypedData } from "./arrays/nd-array.js";
export type { DataByDtype, DataOf, Dtype, ElementOf, Float16Data, Shape } from "./arrays/dtype.js";
export { decodeNpy, encodeNpy } from "./arrays/npy.js";

export type {
  EnumShape,
  FileShape,
  JsonShape,
  ListShape,
  MemberShape,
  NamedShape,
  NumberShape,
  ObjectShape,
  RecordShape,
  Scalar,
  TupleShape,
  UnionShape,
} from "./shapes/json-shape.js";
export type { FileInput, LinkInput, Open, RemoteFile } from "./shapes/value-types.js";

export type { RuntimeIsTooOld, Since } from "./since.js";

export { ranked, topLabel } from "./labels.js";
export type { Probabilities } from "./labels.js";
export type { BlobLike, FileSource, Image, ImageInput } from "./files/image.js";

export { memoryTransport } from "./http/memory-transport.js";
export type {
  MemoryHandler,
  MemoryReply,
  MemoryRequest,
  MemoryTransport,
  ResponseLike,
} from "./http/memory-transport.js";
export type { Transport, TransportReply, TransportRequest } from "./http/transport.js";
export type { Body, BodyWriter, Payload } from "./json/body.js";

export type { Coder, CoderContext, FormField } from "./coder.js";
export type { CodersFor, CoderTable } from "./coders/table.js";
export type { CompiledFeature, CompiledOperation, Encoding, Protocol, ReceivedReply } from "./protocol.js";
export type { PayloadSlice, ReplyDocument } from "./json/reply-document.js";
