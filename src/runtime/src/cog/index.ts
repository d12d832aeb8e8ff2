/*
 * The client of Cog models, on Replicate or on servers of their own.
 */
export { createCogClient } from "./create-client.js";
export { DeploymentError, isDeploymentError } from "../errors.js";
export type {
  CogClient,
  CogClientOptions,
  CogDeployment,
  OutputForm,
  PredictionBatchOptions,
  PredictionOptions,
  PredictionStreamOptions,
} from "./client-types.js";
export type { Image, ImageInput } from "../files/image.js";
export type { FileInput, LinkInput, Open, RemoteFile } from "../shapes/value-types.js";
