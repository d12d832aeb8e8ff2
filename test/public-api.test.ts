import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Node, Project } from "ts-morph";
import { describe, expect, test } from "vitest";

/*
 * What users can import, as a literal: a name that appears or goes is a decision, and this list is where it is taken.
 * Types are marked as such: they are gone at run time.
 */
const faces: Readonly<Record<string, readonly string[]>> = {
  "src/runtime/src/index.ts": [
    "DeploymentError",
    "DriftError",
    "createDeploymentClient",
    "decodeNpy",
    "encodeNpy",
    "isDeploymentError",
    "memoryTransport",
    "ndarray",
    "ranked",
    "topLabel",
    "type AnyNested",
    "type AuthScheme",
    "type BatchOptions",
    "type BlobLike",
    "type Body",
    "type BodyWriter",
    "type CallOptions",
    "type ClientOptions",
    "type CodecFor",
    "type CodecSpec",
    "type Coder",
    "type CoderContext",
    "type CoderTable",
    "type CodersFor",
    "type CogFraming",
    "type CompiledFeature",
    "type CompiledOperation",
    "type Credential",
    "type CredentialSource",
    "type DataByDtype",
    "type DataFraming",
    "type DataOf",
    "type Deployment",
    "type DeploymentErrorCode",
    "type DeploymentErrorDetails",
    "type DeploymentParts",
    "type Described",
    "type DriftChange",
    "type Dtype",
    "type DtypeOf",
    "type ElementOf",
    "type Encoding",
    "type EnumShape",
    "type ExampleCodec",
    "type ExamplesFraming",
    "type Feature",
    "type FeaturesOf",
    "type FieldCodec",
    "type FileShape",
    "type FileSource",
    "type Float16Data",
    "type FormField",
    "type Framing",
    "type HttpBody",
    "type HttpFraming",
    "type HttpPlace",
    "type HttpReply",
    "type Image",
    "type ImageCodec",
    "type ImageInput",
    "type JsonCodec",
    "type JsonShape",
    "type LabelCodec",
    "type ListShape",
    "type LiveDescription",
    "type MemberShape",
    "type MemoryHandler",
    "type MemoryReply",
    "type MemoryRequest",
    "type MemoryTransport",
    "type NamedShape",
    "type NdArray",
    "type Nested",
    "type NestedTensorCodec",
    "type NumberCodec",
    "type NumberShape",
    "type ObjectShape",
    "type Operation",
    "type Payload",
    "type PayloadSlice",
    "type PredictClient",
    "type PredictOptions",
    "type Probabilities",
    "type ProbabilitiesCodec",
    "type Protocol",
    "type ReceivedReply",
    "type RecordShape",
    "type ReplyDocument",
    "type ResponseLike",
    "type RetryOptions",
    "type RowsFraming",
    "type Scalar",
    "type Shape",
    "type StreamOptions",
    "type TensorCodec",
    "type TensorInput",
    "type TensorShape",
    "type TensorsFraming",
    "type TextCodec",
    "type Transport",
    "type TransportReply",
    "type TransportRequest",
    "type TupleShape",
    "type TypedData",
    "type UnionShape",
    "type WireNames",
  ],
  "src/runtime/src/coders/index.ts": [
    ...["coders", "image", "label", "number", "probabilities", "tensor", "text"],
  ],
  "src/runtime/src/node.ts": ["fromFile", "type FileSource"],
  "src/runtime/src/modelbit/index.ts": [
    "createModelbitClient",
    "type FunctionOptions",
    "type JsonShape",
    "type ModelbitClient",
    "type ModelbitClientOptions",
    "type ModelbitDeployment",
    "type NamedOrBare",
    "type ShapeFor",
    "type ShapesOf",
  ],
  "src/runtime/src/protocols/rows.ts": ["rows"],
  "src/runtime/src/tf-serving/index.ts": [
    "createTfServingClient",
    "type AnyExample",
    "type BytesInput",
    "type Classification",
    "type ElementInput",
    "type ElementResult",
    "type ExampleFeature",
    "type ExampleFeaturesOf",
    "type ExampleMethod",
    "type ExampleMethods",
    "type ExampleOptions",
    "type ExampleResults",
    "type ExampleSignature",
    "type ExampleValue",
    "type ExampleVerb",
    "type FeatureInput",
    "type FramingOptions",
    "type MainSignatures",
    "type MetadataSignature",
    "type MetadataTensor",
    "type ModelCallOptions",
    "type ModelMetadata",
    "type ModelMethods",
    "type ModelState",
    "type ModelStatus",
    "type ModelVersionStatus",
    "type RowOrBare",
    "type Signature",
    "type SignatureMethods",
    "type SignatureTypes",
    "type SpecFor",
    "type SpecsOf",
    "type TensorBatchOptions",
    "type TensorCallOptions",
    "type TensorMethods",
    "type TensorResult",
    "type TensorSpec",
    "type TensorStreamOptions",
    "type TensorValue",
    "type TfServingClient",
    "type TfServingClientOptions",
    "type TfServingDeployment",
    "type VersionOptions",
    "type WaitOptions",
  ],
};

const root = fileURLToPath(new URL("..", import.meta.url));

describe("the runtime's public face", () => {
  const project = new Project({ tsConfigFilePath: `${root}src/runtime/tsconfig.json` });
  test.each(Object.entries(faces))("%s", (face, names) => {
    const exported = project.getSourceFileOrThrow(`${root}${face}`).getExportedDeclarations();
    const found = [...exported].map(([name, [declaration]]) => {
      const isType = Node.isInterfaceDeclaration(declaration) || Node.isTypeAliasDeclaration(declaration);
      return isType ? `type ${name}` : name;
    });
    expect(found.toSorted()).toEqual(names.toSorted());
  });

  test("is what the package's exports lead to", () => {
    const manifest: unknown = JSON.parse(readFileSync(`${root}src/runtime/package.json`, "utf8"));
    const paths = {
      ".": "index",
      "./node": "node",
      "./coders": "coders/index",
      "./cog": "cog/index",
      "./fingerprint": "verify/fingerprint",
      "./modelbit": "modelbit/index",
      "./protocols/rows": "protocols/rows",
      "./service": "service/index",
      "./tf-serving": "tf-serving/index",
    };
    const entries = Object.entries(paths).map(([path, file]) => [
      path,
      { types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` },
    ]);
    expect(manifest).toHaveProperty("exports", {
      ...Object.fromEntries(entries),
      "./package.json": "./package.json",
    });
  });
});

test("what can be imported at run time is what the list says", async () => {
  const values = (face: string): string[] => (faces[face] ?? []).filter((name) => !name.startsWith("type "));
  expect(Object.keys(await import("../src/runtime/src/index.js")).toSorted()).toEqual(
    values("src/runtime/src/index.ts"),
  );
  expect(Object.keys(await import("../src/runtime/src/node.js"))).toEqual(values("src/runtime/src/node.ts"));
});
