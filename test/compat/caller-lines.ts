/*
 * What callers of the sample packages write, one statement a line: lines that every TypeScript must accept, and lines
 * that every TypeScript must refuse. They stand as text, because compilers of four generations read them.
 */

/** A line that must not compile, and a word of the complaint that makes it the right one. */
export interface RefusedLine {
  readonly name: string;
  readonly line: string;
  /** Stands in the complaint, in the words of every version. */
  readonly says: RegExp;
}

/** What stands before the lines of every program. */
export const prelude: readonly string[] = [
  `import { createClient as animals, isDeploymentError, labels, topLabel } from "animal-weight";`,
  `import type { Client, Input, Labels, Output } from "animal-weight";`,
  `import { createClient as digits, ndarray, ranked, deployment, DriftError } from "digits-and-grids";`,
  `import type { DeploymentErrorCode, Input as Digit, Output as Seen, NdArray } from "digits-and-grids";`,
  `import { createClient as oldDigits } from "digits-and-grids-npy";`,
  `import type { Input as OldDigit } from "digits-and-grids-npy";`,
  `import { createClient as triage } from "hospital-triage";`,
  `declare const animal: Input;`,
  `declare const digit: Digit;`,
  `declare const oldDigit: OldDigit;`,
  `declare const seen: Seen;`,
  `declare const caught: unknown;`,
  `declare const bytes: Uint8Array;`,
  `const weigh = animals({ url: "https://example.com/forward", token: "t" });`,
  `const see = digits({ url: "https://example.com/forward", token: async () => "t" });`,
];

/** Lines that must compile. */
export const acceptedLines: readonly string[] = [
  `export const one: Promise<Output> = weigh.predict({ Type: "animal", Sound: "miaow", Size: 0.4 });`,
  `export const weight: number = (await weigh.predict(animal)).Weight;`,
  `export const many: Output[] = await weigh.predictMany([animal, { Type: "human", Sound: "moo", Size: 1 }]);`,
  `for await (const row of weigh.predictStream([animal], { batchSize: 128, concurrency: 4 })) void row.Weight.toFixed();`,
  `async function* source(): AsyncGenerator<Input> { yield animal; }`,
  `export const streamed = weigh.predictStream(source(), { window: 3 });`,
  `export const form: Promise<Output> = weigh.predict(animal, { encoding: "multipart", timeout: 5, retry: false });`,
  `export const client: Client = weigh;`,
  `export const sounds: readonly ["miaow", "woof", "moo", "tweet"] = labels.Sound;`,
  `export const sound: Labels["Sound"] = "tweet";`,
  `export const grid: NdArray<"float32", [10, 10, 3]> = ndarray([10, 10, 3], new Float32Array(300));`,
  `export const whole: Digit = { "Image Feature": bytes, "features.npy_0": grid, vector: [1, 2, 3, 4, 5], mask: [[1, 2], [3, 4]], caption: "x" };`,
  `void see.predict({ ...digit, vector: new Float32Array(5), mask: ndarray([2, 2], [1, 2, 3, 4]) });`,
  `void see.predict({ ...digit, "Image Feature": "data:image/png;base64,AAAA" });`,
  `void see.predict({ ...digit, "Image Feature": new Blob([]) });`,
  `void see.predict({ ...digit, "Image Feature": seen.cleaned });`,
  `void oldDigits({ url: "https://example.com" }).predict({ ...oldDigit, vector: ndarray([5], new Float32Array(5)) });`,
  `export const top: "zero" | "one" | "other digit" = topLabel(seen.digit);`,
  `export const order: ["zero" | "one" | "other digit", number][] = ranked(seen.digit);`,
  `export const other: number = seen.digit["other digit"];`,
  `export const heat: Float32Array = seen["heat map"].data;`,
  `export const shape: readonly [2, 3] = seen["heat map"].shape;`,
  `export const lists: readonly (readonly number[])[] = seen["heat map"].toNested();`,
  `export const url: string = seen.cleaned.toDataUrl();`,
  `export const title: string = see.deployment.title + deployment.title;`,
  `if (isDeploymentError(caught, "rate-limited", "timeout")) { const code: "rate-limited" | "timeout" = caught.code; void code; }`,
  `if (caught instanceof DriftError) void caught.changes.map(({ message }) => message);`,
  `export const code: DeploymentErrorCode = "wrong-shape";`,
  `void see.verify({ signal: new AbortController().signal, headers: { "x-trace": "1" } });`,
  `export const ward = triage({}).predict({ age: 41, photo: bytes, ward: "any text" });`,
  `export const severe: number = (await ward).severity.severe;`,
];

const unassignable = /not assignable/;

/** Lines that must not compile. */
export const refusedLines: readonly RefusedLine[] = [
  {
    name: "an unknown label",
    line: `void weigh.predict({ Type: "animl", Sound: "miaow", Size: 0.4 });`,
    says: /"animl"/,
  },
  {
    name: "an unknown label in a batch",
    line: `void weigh.predictMany([animal, { Type: "animal", Sound: "quack", Size: 0.4 }]);`,
    says: /"quack"/,
  },
  {
    name: "an unknown label in a stream",
    line: `void weigh.predictStream([{ Type: "animal", Sound: "quack", Size: 0.4 }]);`,
    says: /"quack"/,
  },
  {
    name: "a missing feature",
    line: `void weigh.predict({ Type: "animal", Sound: "miaow" });`,
    says: /'Size' is missing/,
  },
  {
    name: "a misspelt feature",
    line: `void weigh.predict({ Type: "animal", Sound: "miaow", size: 0.4 });`,
    says: /'size'/,
  },
  {
    name: "an extra feature",
    line: `void weigh.predict({ Type: "animal", Sound: "miaow", Size: 0.4, Colour: "red" });`,
    says: /'Colour' does not exist/,
  },
  {
    name: "a feature that is undefined",
    line: `void weigh.predict({ ...animal, Size: undefined });`,
    says: /'undefined'/,
  },
  {
    name: "text where a number is due",
    line: `void weigh.predict({ ...animal, Size: "0.4" });`,
    says: unassignable,
  },
  {
    name: "a number where text is due",
    line: `void see.predict({ ...digit, caption: 7 });`,
    says: unassignable,
  },
  {
    name: "a wrong literal shape",
    line: `void see.predict({ ...digit, "features.npy_0": ndarray([10, 3, 10], new Float32Array(300)) });`,
    says: unassignable,
  },
  {
    name: "a wrong literal shape in the older form",
    line: `void oldDigits().predict({ ...oldDigit, mask: ndarray([4], new Float32Array(4)) });`,
    says: unassignable,
  },
  {
    name: "an array of another dtype",
    line: `void see.predict({ ...digit, vector: ndarray([5], new Int32Array(5)) });`,
    says: unassignable,
  },
  {
    name: "a list of too few dimensions",
    line: `void see.predict({ ...digit, mask: [1, 2, 3, 4] });`,
    says: unassignable,
  },
  {
    name: "a list of too many dimensions",
    line: `void see.predict({ ...digit, vector: [[1, 2, 3, 4, 5]] });`,
    says: unassignable,
  },
  {
    name: "a number where a picture is due",
    line: `void see.predict({ ...digit, "Image Feature": 7 });`,
    says: unassignable,
  },
  { name: "an output label that does not exist", line: `void seen.digit.two;`, says: /'two'/ },
  {
    name: "an output label that does not exist, of labels given by hand",
    line: `void triage().predict({ age: 1, photo: bytes, ward: "w" }).then(({ severity }) => severity.grave);`,
    says: /'grave'/,
  },
  {
    name: "a top label that is none",
    line: `export const two: "zero" | "two" = topLabel(seen.digit);`,
    says: unassignable,
  },
  { name: "an output that does not exist", line: `void seen.heat;`, says: /'heat'/ },
  {
    name: "an output as an input",
    line: `void weigh.predict({ ...animal, Weight: 1 });`,
    says: /'Weight' does not exist/,
  },
  { name: "one row where many are due", line: `void weigh.predictMany(animal);`, says: /iterator/ },
  {
    name: "an option that does not exist",
    line: `animals({ urll: "https://example.com" });`,
    says: /'urll'/,
  },
  {
    name: "an encoding that does not exist",
    line: `void weigh.predict(animal, { encoding: "form" });`,
    says: /"form"/,
  },
  {
    name: "a code that no error has",
    line: `isDeploymentError(caught, "rate-limit");`,
    says: /"rate-limit"/,
  },
  { name: "a descriptor that is written to", line: `see.deployment.title = "mine";`, says: /read-only/ },
  { name: "another package's row", line: `void weigh.predict(digit);`, says: /Sound/ },
];
