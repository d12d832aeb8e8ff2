/*
 * What a deployment gives comes in, as its description has it; the columns of the table that a run writes go out. They
 * follow from the description alone, never from the replies, so that all rows have the same ones.
 */
import type { Feature, JsonShape } from "@gen-deploy/runtime";
import type { TensorSpec } from "@gen-deploy/runtime/tf-serving";
import { GenDeployError } from "../gen-deploy-error.js";
import type { CalledOperation } from "./called-operation.js";
import { shortFloat } from "./cell-text.js";
import { memberOf } from "./member-of.js";
import type { CategoryForm } from "./run-choices.js";
import { cellType, replyShape, shapeColumns, type CellType, type NamedShapes } from "./shape-columns.js";
import { topCategory } from "./top-category.js";

/** One column of what is written. */
export interface OutputColumn {
  readonly name: string;
  /** What its cells hold, for formats whose columns have types. */
  readonly type: CellType;
  /** The value of an answer that stands in it. */
  readonly valueOf: (answer: unknown) => unknown;
  /** Its value is an object whose members are written in its place, where the format has objects. */
  readonly spread?: true;
}

/** What is written of an answer. */
export interface ColumnOptions {
  readonly categories: CategoryForm;
  /** Whether the format has no objects, so that their members need columns of their own. */
  readonly flat: boolean;
}

/** The columns of what `called` answers a row with. */
export function outputColumns(called: CalledOperation, options: ColumnOptions): readonly OutputColumn[] {
  const { bound, key, verb } = called;
  switch (bound.system) {
    case "rows":
      return Object.entries(bound.deployment.operations.predict.outputs).flatMap(([name, { codec }]) =>
        featureColumns(name, codec, options),
      );
    case "tf-serving": {
      if (verb !== "predict") return exampleColumns(verb, options);
      const signature = memberOf(bound.deployment.signatures, key);
      const batched = signature?.batched === true;
      return Object.entries(signature?.outputs ?? {}).map(([name, spec]) =>
        tensorColumn(name, spec, batched),
      );
    }
    case "modelbit":
      return bareColumns("result", bound.deployment.output, bound.deployment.shapes ?? {}, options);
    case "cog": {
      const { framing, output, shapes } = bound.deployment;
      const whole: JsonShape = framing.output === "list" ? { type: "list", items: output } : output;
      return bareColumns("output", whole, shapes, options);
    }
    case "service": {
      const { operations, shapes } = bound.deployment;
      return bareColumns("result", replyShape(memberOf(operations, key)), shapes, options);
    }
  }
}

function featureColumns(
  name: string,
  codec: Feature["codec"],
  options: ColumnOptions,
): readonly OutputColumn[] {
  const valueOf = (answer: unknown): unknown => memberOf(answer, name);
  switch (codec.kind) {
    case "number":
      return [{ name, type: "number", valueOf }];
    case "probabilities":
      return categoryColumns(name, codec.labels, options);
    default:
      return [{ name, type: "text", valueOf }];
  }
}

function categoryColumns(
  name: string,
  labels: readonly string[] | null,
  { categories, flat }: ColumnOptions,
): readonly OutputColumn[] {
  const valueOf = (answer: unknown): unknown => memberOf(answer, name);
  const top: OutputColumn = {
    name,
    type: "text",
    valueOf: (answer) => topCategory(valueOf(answer))?.label,
  };
  switch (categories) {
    case "top":
      return [top];
    case "probability":
      return [
        top,
        {
          name: `${name}.probability`,
          type: "number",
          valueOf: (answer) => topCategory(valueOf(answer))?.value,
        },
      ];
    case "all":
      if (!flat) return [{ name, type: "text", valueOf }];
      if (labels === null) throw unknownLabels(name);
      return labels.map((label) => ({
        name: `${name}.${label}`,
        type: "number",
        valueOf: (answer) => memberOf(valueOf(answer), label),
      }));
  }
}

function unknownLabels(name: string): GenDeployError {
  return new GenDeployError(
    "score/no-labels",
    `The description does not state the labels of ${JSON.stringify(name)}, which would be a column each.`,
    { hint: `Name them with --labels ${name}=a,b,c, or choose --categories probability.` },
  );
}

/** What the verbs that take examples give: a number, or labels with their scores. */
function exampleColumns(
  verb: "classify" | "regress",
  { categories }: ColumnOptions,
): readonly OutputColumn[] {
  if (verb === "regress") return [{ name: "value", type: "number", valueOf: shortNumber }];
  if (categories === "all") return [{ name: "classes", type: "text", valueOf: (answer) => answer }];
  const label: OutputColumn = {
    name: "label",
    type: "text",
    valueOf: (answer) => memberOf(best(answer), "label"),
  };
  const score: OutputColumn = {
    name: "score",
    type: "number",
    valueOf: (answer) => shortNumber(memberOf(best(answer), "score")),
  };
  return categories === "top" ? [label] : [label, score];
}

/** The class with the highest score; of equal ones the first. */
function best(answer: unknown): unknown {
  if (!Array.isArray(answer)) return undefined;
  const classes: readonly unknown[] = answer;
  const scoreOf = (one: unknown): number => Number(memberOf(one, "score") ?? 0);
  return classes.reduce((top, one) => (scoreOf(one) > scoreOf(top) ? one : top), classes[0]);
}

/** One element where a row has no dimensions of its own. */
function tensorColumn(name: string, { dtype, shape }: TensorSpec, batched: boolean): OutputColumn {
  const valueOf = (answer: unknown): unknown => memberOf(answer, name);
  const own = batched ? shape?.slice(1) : shape;
  if (own?.length !== 0 || (batched && shape?.[0] !== -1)) return { name, type: "text", valueOf };
  if (dtype === "float32") return { name, type: "number", valueOf: (answer) => shortNumber(valueOf(answer)) };
  return { name, type: elementType(dtype), valueOf };
}

function elementType(dtype: TensorSpec["dtype"]): CellType {
  if (dtype === "bool") return "boolean";
  // A column of 64-bit integers has a sign.
  if (/^u?int(?:8|16|32)$|^int64$/.test(dtype)) return "integer";
  return dtype.startsWith("float") ? "number" : "text";
}

function shortNumber(value: unknown): unknown {
  return typeof value === "number" ? shortFloat(value) : value;
}

/** An answer that is one value: its members beside each other where it is an object with stated ones. */
function bareColumns(
  name: string,
  shape: JsonShape,
  shapes: NamedShapes,
  { flat }: ColumnOptions,
): readonly OutputColumn[] {
  const columns = shapeColumns(shape, shapes);
  if (columns === undefined) return [{ name, type: cellType(shape, shapes), valueOf: (answer) => answer }];
  if (!flat) return [{ name, type: "text", valueOf: (answer) => answer, spread: true }];
  return columns.map(({ path, type }) => ({
    name: path.join("."),
    type,
    valueOf: (answer) => path.reduce<unknown>((value, part) => memberOf(value, part), answer),
  }));
}
