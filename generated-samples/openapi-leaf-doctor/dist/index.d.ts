/**
 * Leaf Doctor.
 *
 * Tells what ails a plant, from measurements or from a picture of a leaf.
 */
import type { Since } from "@gen-deploy/runtime";
import type {
  ErrorReply,
  ErrorsOf,
  FileInput,
  Open,
  ServiceClient,
  ServiceClientOptions,
  ServiceDeployment,
  ServiceOperation,
  StreamOperation,
} from "@gen-deploy/runtime/service";
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
export declare const labels: {
  readonly severity: readonly ["mild", "severe"];
  readonly model: readonly ["fast", "exact"];
  readonly Plant: readonly ["tomato", "wheat", "vine"];
  readonly DiseaseName: readonly ["healthy", "leaf-rust", "powdery mildew"];
  readonly probabilities: readonly ["healthy", "leaf-rust", "powdery mildew"];
};
/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = {
  readonly [Set in keyof typeof labels]: (typeof labels)[Set][number];
};
/** What `predict` takes. */
export type Input = Measurements;

/** What `predict` answers. */
export type Output = Diagnosis;

/** What `health` answers. */
export type HealthOutput = unknown;

/** What `predictPicture` takes. */
export interface PredictPictureInput extends BodyPredictPicturePredictPicturePost {
  /**
   * Leave out diseases less probable than this.
   *
   * Default: 0.05.
   */
  threshold?: number;
  "x-request-id"?: string | null;
}

/** What `predictPicture` answers. */
export type PredictPictureOutput = Diagnosis;

/** What `explain` takes. */
export type ExplainInput = Question;

/** What `explain` answers, one by one. */
export type ExplainOutput = Token;

/** What `listDiseases` takes. */
export interface ListDiseasesInput {
  plant: Plant;
  severity?: readonly Labels["severity"][] | null;
}

/** What `listDiseases` answers. */
export type ListDiseasesOutput = Disease[];

export interface Measurements {
  plant: Plant;
  /** In degrees Celsius. */
  temperature: number;
  /** In per cent. */
  humidity?: number | null;
  /** Diameters in millimetres. */
  spots: readonly number[];
  /** Default: "fast". */
  model?: Labels["model"];
}

export type Plant = Labels["Plant"];

export interface BodyPredictPicturePredictPicturePost {
  /** A PNG or JPEG of one leaf. */
  picture: FileInput;
  mask?: FileInput | null;
  /** What the leaf is of. */
  plant: Plant;
  /** Default: 3. */
  top_k?: number;
}

export interface Question {
  disease: DiseaseName;
  /** Default: "en". */
  language?: string;
}

export type DiseaseName = Labels["DiseaseName"];

export interface Diagnosis {
  disease: DiseaseNameOutput;
  probabilities: Record<Labels["probabilities"], number>;
  severity?: number | null;
  regions?: Region[];
}

export type DiseaseNameOutput = Open<Labels["DiseaseName"]>;

export interface Region {
  box: [number, number, number, number];
  score: number;
}

export interface HTTPValidationError {
  detail?: ValidationError[];
}

export interface ValidationError {
  /** Location */
  loc: (string | number)[];
  /** Message */
  msg: string;
  /** Error Type */
  type: string;
}

export interface Problem {
  message: string;
  limit?: number;
}

export interface Token {
  index: number;
  text: string;
}

export interface Disease {
  name: DiseaseNameOutput;
  treatments: string[];
  seen_at?: string;
}

/** The operations of the service: what each takes and gives, and its documented error replies by status. */
export interface Operations {
  /** Diagnose a plant from measurements. */
  predict: ServiceOperation<Input, Output, Record<422, HTTPValidationError>>;
  health: ServiceOperation<void, HealthOutput>;
  /** Diagnose a plant from a picture of a leaf. */
  predictPicture: ServiceOperation<
    PredictPictureInput,
    PredictPictureOutput,
    Record<413, Problem> & Record<422, HTTPValidationError>
  >;
  /** Explain a diagnosis, word by word. */
  explain: StreamOperation<ExplainInput, ExplainOutput, Record<422, HTTPValidationError>>;
  listDiseases: ServiceOperation<
    ListDiseasesInput,
    ListDiseasesOutput,
    Record<422, HTTPValidationError>
  >;
}
/** The types to which the descriptor gives names. */
export interface Shapes {
  Measurements: Measurements;
  Plant: Plant;
  Body_predict_picture_predict_picture_post: BodyPredictPicturePredictPicturePost;
  Question: Question;
  DiseaseName: DiseaseName;
  Diagnosis: Diagnosis;
  DiseaseNameOutput: DiseaseNameOutput;
  Region: Region;
  HTTPValidationError: HTTPValidationError;
  ValidationError: ValidationError;
  Problem: Problem;
  Token: Token;
  Disease: Disease;
}
/** A client of this service. */
export type Client = Since<"0.1", ServiceClient<Operations, Shapes>>;
/** What the description says of this service. */
export declare const deployment: ServiceDeployment<Operations, Shapes>;
/** Whether `error` is the documented reply of an operation to a failure: then `error.reply` is what the service said. */
export declare function isErrorReply<
  Name extends keyof Operations & string,
  Status extends keyof ErrorsOf<Operations[Name]> & (number | string),
>(
  error: unknown,
  operation: Name,
  status: Status,
): error is ErrorReply<ErrorsOf<Operations[Name]>[Status]>;
/** Makes a client. A service that asks for a token needs `token`; `url` overrules the description's address. */
export declare function createClient(options?: ServiceClientOptions): Client;
