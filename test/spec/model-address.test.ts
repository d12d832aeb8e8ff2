import { describe, expect, test } from "vitest";
import { metadataAddress, modelAddress } from "../../src/spec/model-address.js";

const host = "http://host:8501";

describe("the address of a model's metadata", () => {
  test.each([
    { given: `${host}/v1/models/m`, want: `${host}/v1/models/m/metadata` },
    { given: `${host}/v1/models/m/`, want: `${host}/v1/models/m/metadata` },
    { given: `${host}/v1/models/m:predict`, want: `${host}/v1/models/m/metadata` },
    { given: `${host}/v1/models/m:classify`, want: `${host}/v1/models/m/metadata` },
    { given: `${host}/v1/models/m:regress#x`, want: `${host}/v1/models/m/metadata` },
    { given: `${host}/v1/models/m/versions/3`, want: `${host}/v1/models/m/versions/3/metadata` },
    {
      given: `${host}/v1/models/m/labels/stable:predict`,
      want: `${host}/v1/models/m/labels/stable/metadata`,
    },
    { given: `${host}/proxy/v1/models/a%2Fb`, want: `${host}/proxy/v1/models/a%2Fb/metadata` },
    {
      given: "https://services.paperspace.io/model-serving/abc:predict",
      want: "https://services.paperspace.io/model-serving/abc/metadata",
    },
    { given: "https://u:p@host/model-serving/abc", want: "https://u:p@host/model-serving/abc/metadata" },
    { given: `${host}/renamed:predict`, want: `${host}/renamed/metadata` },
    { given: `${host}/v1/models/m/metadata`, want: undefined },
    { given: `${host}/v1/models`, want: undefined },
    { given: `${host}/v1/models/m:Predict`, want: undefined },
    { given: `${host}/v1/models/m?x=1`, want: undefined },
    { given: `${host}/openapi.json`, want: undefined },
    { given: "v1/models/m", want: undefined },
    { given: "ftp://host/v1/models/m", want: undefined },
    { given: "http://", want: undefined },
  ])("$given", ({ given, want }) => {
    expect(metadataAddress(given)).toBe(want);
  });
});

describe("the address of a model from that of its metadata", () => {
  test.each([
    { given: `${host}/v1/models/m/metadata`, want: `${host}/v1/models/m` },
    { given: `${host}/v1/models/m/versions/3/metadata`, want: `${host}/v1/models/m` },
    { given: `${host}/v1/models/m/labels/x/metadata`, want: `${host}/v1/models/m` },
    { given: "https://u:p@host/model-serving/abc/metadata?q", want: "https://host/model-serving/abc" },
    { given: `${host}/metadata`, want: null },
    { given: `${host}/metadata.json`, want: null },
    { given: null, want: null },
  ])("$given", ({ given, want }) => {
    expect(modelAddress(given)).toBe(want);
  });
});
