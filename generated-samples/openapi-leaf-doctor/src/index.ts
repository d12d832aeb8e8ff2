/**
 * Leaf Doctor.
 *
 * Tells what ails a plant, from measurements or from a picture of a leaf.
 */
import type { Described, Since, WireNames } from "@gen-deploy/runtime";
import { createServiceClient, isErrorReply as isReplyTo } from "@gen-deploy/runtime/service";
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
  severity: ["mild", "severe"],
  model: ["fast", "exact"],
  Plant: ["tomato", "wheat", "vine"],
  DiseaseName: ["healthy", "leaf-rust", "powdery mildew"],
  probabilities: ["healthy", "leaf-rust", "powdery mildew"],
} as const;

/** The label sets as unions: `Labels["…"]` is any label of one set. */
export type Labels = { readonly [Set in keyof typeof labels]: (typeof labels)[Set][number] };

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

/** The names that the description gives to members: one that it lacks does not compile. */
interface Known {
  Measurements: WireNames<components, ["schemas", "Measurements"]>;
  Body_predict_picture_predict_picture_post: WireNames<
    components,
    ["schemas", "Body_predict_picture_predict_picture_post"]
  >;
  Question: WireNames<components, ["schemas", "Question"]>;
  Diagnosis: WireNames<components, ["schemas", "Diagnosis"]>;
  Region: WireNames<components, ["schemas", "Region"]>;
  HTTPValidationError: WireNames<components, ["schemas", "HTTPValidationError"]>;
  ValidationError: WireNames<components, ["schemas", "ValidationError"]>;
  Problem: WireNames<components, ["schemas", "Problem"]>;
  Token: WireNames<components, ["schemas", "Token"]>;
  Disease: WireNames<components, ["schemas", "Disease"]>;
}
type Strangers = { [Name in keyof Known]: Exclude<keyof Shapes[Name], Known[Name]> }[keyof Known];
type Checked = Described<ServiceDeployment<Operations, Shapes>, Strangers, never>;

/** What the description says of this service. */
export const deployment: ServiceDeployment<Operations, Shapes> = {
  title: "Leaf Doctor",
  url: "https://leaf-doctor.example.com/v2",
  auth: [{ kind: "bearer" }],
  shapes: {
    Measurements: {
      type: "object",
      members: {
        plant: { shape: { type: "named", name: "Plant" } },
        temperature: { shape: { type: "number", min: -50, max: 60 } },
        humidity: {
          shape: { type: "union", of: [{ type: "integer", min: 0, max: 100 }, { type: "null" }] },
          optional: true,
        },
        spots: { shape: { type: "list", items: { type: "number" }, max: 16 } },
        model: { shape: { type: "enum", values: labels.model }, optional: true },
      },
      rest: false,
    },
    Plant: { type: "enum", values: labels.Plant },
    Body_predict_picture_predict_picture_post: {
      type: "object",
      members: {
        picture: { shape: { type: "file", form: "binary", mediaType: "application/octet-stream" } },
        mask: {
          shape: {
            type: "union",
            of: [
              { type: "file", form: "binary", mediaType: "application/octet-stream" },
              { type: "null" },
            ],
          },
          optional: true,
        },
        plant: { shape: { type: "named", name: "Plant" } },
        top_k: { shape: { type: "integer", min: 1, max: 5 }, optional: true },
      },
    },
    Question: {
      type: "object",
      members: {
        disease: { shape: { type: "named", name: "DiseaseName" } },
        language: { shape: { type: "text" }, optional: true },
      },
    },
    DiseaseName: { type: "enum", values: labels.DiseaseName },
    Diagnosis: {
      type: "object",
      members: {
        disease: { shape: { type: "named", name: "DiseaseNameOutput" } },
        probabilities: {
          shape: { type: "record", values: { type: "number" }, keys: labels.probabilities },
        },
        severity: {
          shape: { type: "union", of: [{ type: "number", min: 0, max: 1 }, { type: "null" }] },
          optional: true,
        },
        regions: {
          shape: { type: "list", items: { type: "named", name: "Region" } },
          optional: true,
        },
      },
    },
    DiseaseNameOutput: { type: "enum", values: labels.DiseaseName },
    Region: {
      type: "object",
      members: {
        box: {
          shape: {
            type: "tuple",
            items: [
              { type: "integer" },
              { type: "integer" },
              { type: "integer" },
              { type: "integer" },
            ],
          },
        },
        score: { shape: { type: "number" } },
      },
    },
    HTTPValidationError: {
      type: "object",
      members: {
        detail: {
          shape: { type: "list", items: { type: "named", name: "ValidationError" } },
          optional: true,
        },
      },
    },
    ValidationError: {
      type: "object",
      members: {
        loc: {
          shape: {
            type: "list",
            items: { type: "union", of: [{ type: "text" }, { type: "integer" }] },
          },
        },
        msg: { shape: { type: "text" } },
        type: { shape: { type: "text" } },
      },
    },
    Problem: {
      type: "object",
      members: {
        message: { shape: { type: "text" } },
        limit: { shape: { type: "integer" }, optional: true },
      },
    },
    Token: {
      type: "object",
      members: { index: { shape: { type: "integer" } }, text: { shape: { type: "text" } } },
    },
    Disease: {
      type: "object",
      members: {
        name: { shape: { type: "named", name: "DiseaseNameOutput" } },
        treatments: { shape: { type: "list", items: { type: "text" } } },
        seen_at: { shape: { type: "text" }, optional: true },
      },
    },
  },
  operations: {
    predict: {
      method: "POST",
      path: "/predict",
      stream: false,
      parameters: {},
      body: {
        mediaType: "application/json",
        form: "json",
        at: "whole",
        shape: { type: "named", name: "Measurements" },
      },
      replies: [
        {
          status: "200",
          form: "json",
          mediaType: "application/json",
          shape: { type: "named", name: "Diagnosis" },
        },
        {
          status: "422",
          form: "json",
          mediaType: "application/json",
          shape: { type: "named", name: "HTTPValidationError" },
        },
      ],
    },
    health: {
      method: "GET",
      path: "/health",
      stream: false,
      parameters: {},
      body: null,
      replies: [
        { status: "200", form: "json", mediaType: "application/json", shape: { type: "any" } },
      ],
    },
    predictPicture: {
      method: "POST",
      path: "/predict/picture",
      stream: false,
      parameters: {
        threshold: {
          shape: { type: "number", min: 0, max: 1 },
          place: { in: "query", name: "threshold", style: "form", explode: true },
          optional: true,
        },
        "x-request-id": {
          shape: { type: "union", of: [{ type: "text" }, { type: "null" }] },
          place: { in: "header", name: "x-request-id", style: "simple", explode: false },
          optional: true,
        },
      },
      body: {
        mediaType: "multipart/form-data",
        form: "multipart",
        at: "rest",
        shape: { type: "named", name: "Body_predict_picture_predict_picture_post" },
      },
      replies: [
        {
          status: "200",
          form: "json",
          mediaType: "application/json",
          shape: { type: "named", name: "Diagnosis" },
        },
        {
          status: "413",
          form: "json",
          mediaType: "application/json",
          shape: { type: "named", name: "Problem" },
        },
        {
          status: "422",
          form: "json",
          mediaType: "application/json",
          shape: { type: "named", name: "HTTPValidationError" },
        },
      ],
    },
    explain: {
      method: "POST",
      path: "/explain",
      stream: true,
      parameters: {},
      body: {
        mediaType: "application/json",
        form: "json",
        at: "whole",
        shape: { type: "named", name: "Question" },
      },
      replies: [
        {
          status: "200",
          form: "events",
          mediaType: "text/event-stream",
          shape: { type: "named", name: "Token" },
        },
        {
          status: "422",
          form: "json",
          mediaType: "application/json",
          shape: { type: "named", name: "HTTPValidationError" },
        },
      ],
    },
    listDiseases: {
      method: "GET",
      path: "/plants/{plant}/diseases",
      stream: false,
      parameters: {
        plant: {
          shape: { type: "named", name: "Plant" },
          place: { in: "path", name: "plant", style: "simple", explode: false },
        },
        severity: {
          shape: {
            type: "union",
            of: [
              { type: "list", items: { type: "enum", values: labels.severity } },
              { type: "null" },
            ],
          },
          place: { in: "query", name: "severity", style: "form", explode: true },
          optional: true,
        },
      },
      body: null,
      replies: [
        {
          status: "200",
          form: "json",
          mediaType: "application/json",
          shape: { type: "list", items: { type: "named", name: "Disease" } },
        },
        {
          status: "422",
          form: "json",
          mediaType: "application/json",
          shape: { type: "named", name: "HTTPValidationError" },
        },
      ],
    },
  },
} as const satisfies Checked;

/** Whether `error` is the documented reply of an operation to a failure: then `error.reply` is what the service said. */
export function isErrorReply<
  Name extends keyof Operations & string,
  Status extends keyof ErrorsOf<Operations[Name]> & (number | string),
>(
  error: unknown,
  operation: Name,
  status: Status,
): error is ErrorReply<ErrorsOf<Operations[Name]>[Status]> {
  return isReplyTo(error, operation, status);
}

/** Makes a client. A service that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options: ServiceClientOptions = {}): Client {
  return createServiceClient<Operations, Shapes>(deployment, options);
}
