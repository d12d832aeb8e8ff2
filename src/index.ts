export { compile, describe, type Compilation, type Description } from "./compile.js";
export type { CompileEnvironment, CompileOptions } from "./compile-options.js";
export {
  defineConfig,
  type DeploymentConfig,
  type DeploymentDefaults,
  type GenDeployConfig,
  type HeaderValue,
} from "./config/config.js";
export type { Dialect, Interpretation, InterpretOptions } from "./dialects/dialect.js";
export type { SourceText } from "./emit/emit.js";
export { GenDeployError, type GenDeployErrorDetails, type TextPosition } from "./gen-deploy-error.js";
export type {
  DeploymentModel,
  FeatureModel,
  LiveModel,
  OperationModel,
  RowModel,
} from "./model/deployment-model.js";
export type { Diagnostic } from "./model/diagnostic.js";
export type { ExternalLoader } from "./spec/resolve.js";
export type {
  Json,
  JsonObject,
  Located,
  ResolvedSpec,
  SpecDocument,
  SpecOperation,
  SpecText,
} from "./spec/spec-types.js";
