import { createServiceClient, isErrorReply as isReplyTo } from "@gen-deploy/runtime/service";
export { DeploymentError, isDeploymentError } from "@gen-deploy/runtime/service";
export { runtimeVersion } from "@gen-deploy/runtime/since-0.1";
/** The label sets of the description, in its order. */
export const labels = {
  severity: ["mild", "severe"],
  model: ["fast", "exact"],
  Plant: ["tomato", "wheat", "vine"],
  DiseaseName: ["healthy", "leaf-rust", "powdery mildew"],
  probabilities: ["healthy", "leaf-rust", "powdery mildew"],
};
/** What the description says of this service. */
export const deployment = {
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
};
/** Whether `error` is the documented reply of an operation to a failure: then `error.reply` is what the service said. */
export function isErrorReply(error, operation, status) {
  return isReplyTo(error, operation, status);
}
/** Makes a client. A service that asks for a token needs `token`; `url` overrules the description's address. */
export function createClient(options = {}) {
  return createServiceClient(deployment, options);
}
