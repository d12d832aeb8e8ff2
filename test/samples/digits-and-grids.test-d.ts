import { ndarray, ranked, topLabel } from "digits-and-grids";
import type { Client, Image, ImageInput, Input, NdArray, Output, Probabilities } from "digits-and-grids";
import type { Client as OldClient, Input as OldInput, Output as OldOutput } from "digits-and-grids-npy";
import type { Client as TriageClient, Input as Patient } from "hospital-triage";
import { fromFile } from "digits-and-grids/node";
import { describe, expectTypeOf, test } from "vitest";

declare const client: Client;
declare const row: Input;
declare const output: Output;

test("both generations have the same rows", () => {
  expectTypeOf<OldInput>().toEqualTypeOf<Input>();
  expectTypeOf<OldOutput>().toEqualTypeOf<Output>();
  expectTypeOf<OldClient>().toEqualTypeOf<Client>();
});

describe("arrays", () => {
  test("of the right shape are taken in every form", () => {
    void client.predict({ ...row, "features.npy_0": ndarray([10, 10, 3], new Float32Array(300)) });
    void client.predict({ ...row, mask: ndarray([2, 2], [1, 2, 3, 4]) });
    void client.predict({
      ...row,
      mask: [
        [1, 2],
        [3, 4],
      ],
    });
    void client.predict({ ...row, vector: new Float32Array(5) });
    void client.predict({ ...row, vector: [1, 2, 3, 4, 5] });
  });

  test("of a wrong literal shape are refused", () => {
    // @ts-expect-error -- the shape is [10, 10, 3]
    void client.predict({ ...row, "features.npy_0": ndarray([10, 3, 10], new Float32Array(300)) });
    // @ts-expect-error -- the rank is 2
    void client.predict({ ...row, mask: ndarray([4], new Float32Array(4)) });
    // @ts-expect-error -- the length is 5
    void client.predict({ ...row, vector: ndarray([4], new Float32Array(4)) });
  });

  test("of another dtype or depth are refused", () => {
    // @ts-expect-error -- the dtype is float32
    void client.predict({ ...row, vector: ndarray([5], new Int32Array(5)) });
    // @ts-expect-error -- doubles are no float32
    void client.predict({ ...row, vector: new Float64Array(5) });
    // @ts-expect-error -- lists in lists are due
    void client.predict({ ...row, mask: [1, 2, 3, 4] });
    // @ts-expect-error -- a plain list is due
    void client.predict({ ...row, vector: [[1, 2, 3, 4, 5]] });
    // @ts-expect-error -- texts are no numbers
    void client.predict({ ...row, vector: ["1", "2", "3", "4", "5"] });
  });

  test("of replies know dtype and shape", () => {
    expectTypeOf(output["heat map"]).toEqualTypeOf<NdArray<"float32", [2, 3]>>();
    expectTypeOf(output["heat map"].data).toEqualTypeOf<Float32Array>();
    expectTypeOf(output["heat map"].shape).toEqualTypeOf<readonly [2, 3]>();
    expectTypeOf(output["heat map"].toNested()).toEqualTypeOf<readonly (readonly number[])[]>();
  });
});

test("pictures are bytes, Blobs, texts, files, or a reply's own", () => {
  expectTypeOf<Input["Image Feature"]>().toEqualTypeOf<ImageInput>();
  expectTypeOf(output.cleaned).toEqualTypeOf<Image>();
  for (const picture of [
    new Uint8Array(),
    new Blob(),
    "data:image/png;base64,",
    fromFile("a.png"),
    output.cleaned,
  ]) {
    void client.predict({ ...row, "Image Feature": picture });
  }
  // @ts-expect-error -- a number is no picture
  void client.predict({ ...row, "Image Feature": 7 });
});

test("a number where text is due is refused", () => {
  // @ts-expect-error -- text is due
  void client.predict({ ...row, caption: 7 });
});

describe("probabilities", () => {
  test("have the description's labels", () => {
    expectTypeOf(output.digit).toEqualTypeOf<Probabilities<"zero" | "one" | "other digit">>();
    expectTypeOf(output.digit["other digit"]).toEqualTypeOf<number>();
    expectTypeOf(topLabel(output.digit)).toEqualTypeOf<"zero" | "one" | "other digit">();
    expectTypeOf(ranked(output.digit)[0]).toEqualTypeOf<
      ["zero" | "one" | "other digit", number] | undefined
    >();
  });

  test("of a label that does not exist are refused", () => {
    // @ts-expect-error -- no such label
    void output.digit.two;
    // @ts-expect-error -- no such label
    if (topLabel(output.digit) === "two") throw new Error();
  });

  test("of labels given by hand are as closed", () => {
    const triage = async (client_: TriageClient, patient: Patient): Promise<number> => {
      const { severity } = await client_.predict(patient);
      // @ts-expect-error -- mild, moderate or severe
      void severity.grave;
      return severity.moderate;
    };
    expectTypeOf(triage).returns.resolves.toEqualTypeOf<number>();
    expectTypeOf<Patient["ward"]>().toEqualTypeOf<string>();
  });
});
