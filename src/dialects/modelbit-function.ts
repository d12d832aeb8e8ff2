/*
 * A Python function, whatever description it is of; out goes the operation that calls it. Labels that the user states
 * narrow texts on the way.
 */
import { fingerprintAt } from "@gen-deploy/runtime/fingerprint";
import type { JsonShape } from "@gen-deploy/runtime";
import { GenDeployError } from "../gen-deploy-error.js";
import type { FeatureModel, OperationModel } from "../model/deployment-model.js";
import { listed, quoted } from "../spec/openapi-fault.js";
import type { ResolvedSpec } from "../spec/spec-types.js";
import type { InterpretOptions } from "./dialect.js";

/** A value that a function takes or gives. */
export interface FunctionValue {
  readonly name: string;
  /** Markdown, or empty. */
  readonly doc: string;
  readonly shape: JsonShape;
  /** False where calls may leave it out; only the last arguments can be like that. */
  readonly required: boolean;
  readonly pointer: string;
}

/** A function as its description states it. */
export interface DescribedFunction {
  /** As `--operation` takes it. */
  readonly id: string;
  /** Markdown, or empty. */
  readonly doc: string;
  readonly form: "arguments" | "rows";
  /** In the order in which the function takes them. */
  readonly arguments: readonly FunctionValue[];
  readonly result: FunctionValue;
  /** Of what holds the arguments. */
  readonly pointer: string;
}

/** The operation that calls `described`. Throws where labels are given for what is no text among its arguments. */
export function toOperation(
  spec: ResolvedSpec,
  described: DescribedFunction,
  { labels }: Pick<InterpretOptions, "labels">,
): OperationModel {
  checkLabels(described.arguments, labels);
  const feature = ({ name, doc, shape, required, pointer }: FunctionValue): FeatureModel => {
    const given = labels.get(name);
    const codec = { kind: "json", shape: given === undefined ? shape : narrowed(shape, given) } as const;
    return { wireName: name, doc, required, codec, fingerprint: fingerprintAt(spec.root, pointer) ?? "" };
  };
  const whole = { stream: false, wireType: null };
  const { id, doc, form, result, pointer } = described;
  return {
    id,
    doc,
    method: "POST",
    path: "",
    framing: { protocol: "data", form },
    input: { ...whole, features: described.arguments.map(feature), bare: false, pointer },
    // Labels are of arguments: one of them may be called as the result is.
    output: {
      ...whole,
      features: [{ ...feature({ ...result, name: "" }), wireName: result.name }],
      bare: true,
      pointer: result.pointer,
    },
  };
}

function checkLabels(values: readonly FunctionValue[], labels: InterpretOptions["labels"]): void {
  const texts = values.filter(({ shape }) => takesText(shape)).map(({ name }) => name);
  for (const [name, given] of labels) {
    if (!texts.includes(name)) {
      const known = values.some((value) => value.name === name);
      throw new GenDeployError(
        "modelbit/no-such-label-feature",
        known
          ? `Labels are given for ${quoted(name)}, which is no text; arguments that take text: ${listed(texts)}.`
          : `Labels are given for ${quoted(name)}, which the function does not take; arguments that take text: ${listed(texts)}.`,
        { hint: "Give labels only to arguments that take text, spelt as the description spells them." },
      );
    }
    const twice = given.find((label, index) => given.indexOf(label) !== index);
    if (given.length > 0 && twice === undefined) continue;
    throw new GenDeployError(
      "modelbit/bad-labels",
      `The labels given for ${quoted(name)} are ${listed(given)}: ${twice === undefined ? "a label set holds at least one label" : `${quoted(twice)} stands there twice`}.`,
      { hint: `State each label once with --labels ${quoted(`${name}=first,second,…`)}.` },
    );
  }
}

function takesText(shape: JsonShape): boolean {
  if (shape.type === "union") return shape.of.some((one) => one.type === "text");
  return shape.type === "text" || shape.type === "any";
}

function narrowed(shape: JsonShape, labels: readonly string[]): JsonShape {
  const closed = { type: "enum", values: labels } as const;
  if (shape.type !== "union") return closed;
  return { type: "union", of: shape.of.map((one) => (one.type === "text" ? closed : one)) };
}
