/** What users can import of mocked deployments, as the literal of public-api.test.ts has the rest. */
export const testingFaces: Readonly<Record<string, readonly string[]>> = {
  "src/runtime/src/testing/cog.ts": [
    ...["mockHandler", "mockTransport", "type Answered", "type MemoryHandler", "type MemoryRequest"],
    ...[
      "type MemoryTransport",
      "type MockFailure",
      "type MockOptions",
      "type MockSettings",
      "type MockedCog",
    ],
  ],
  "src/runtime/src/testing/modelbit.ts": [
    ...["mockHandler", "mockTransport", "type Answered", "type MemoryHandler", "type MemoryRequest"],
    ...["type MemoryTransport", "type MockFailure", "type MockOptions", "type MockSettings"],
    "type MockedModelbit",
  ],
  "src/runtime/src/testing/rows.ts": [
    ...["mockHandler", "mockTransport", "type AnsweredRow", "type MemoryHandler", "type MemoryRequest"],
    ...["type MemoryTransport", "type MockFailure", "type MockOptions", "type MockSettings"],
    "type MockedDeployment",
  ],
  "src/runtime/src/testing/service.ts": [
    ...["errorReply", "mockHandler", "mockTransport", "type AnswerFor", "type Answered", "type Answers"],
    ...["type ErrorAnswer", "type MemoryHandler", "type MemoryRequest", "type MemoryTransport"],
    ...["type MockFailure", "type MockOptions", "type MockSettings", "type MockedService"],
  ],
  "src/runtime/src/testing/tf-serving.ts": [
    ...["mockHandler", "mockTransport", "type ExampleAnswer", "type MemoryHandler", "type MemoryRequest"],
    ...["type MemoryTransport", "type MockFailure", "type MockOptions", "type MockSettings"],
    ...["type ExampleGiven", "type PredictAnswer", "type RowGiven", "type SignatureAnswers"],
  ],
};
