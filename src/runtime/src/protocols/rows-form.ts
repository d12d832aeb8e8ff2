/*
 * A row as a form: loaded with the first of them, and imports nothing that a client holds already.
 */
import type { DeploymentError } from "../errors.js";
import { formBody } from "../files/form-body.js";
import type { BodyRules } from "../files/form-body.js";
import { multipartParts } from "../files/multipart-parts.js";
import type { Body } from "../json/body.js";
import type { CompiledFeature, CompiledOperation } from "../protocol.js";

type Row = Readonly<Record<string, unknown>>;

/** What a client holds already. */
export interface FormRules extends BodyRules {
  readonly DeploymentError: typeof DeploymentError;
  /** What `work` makes of each row, whose errors name the row. */
  eachAt<Result>(rows: readonly unknown[], work: (row: unknown) => Result): readonly Result[];
  /** The members of a row, which is of the operation's features and no others where that is checked. */
  membersOf(row: unknown, operation: CompiledOperation): Row;
  /** The feature's value in the row, or undefined where there is none and none is needed. */
  valueOf(row: Row, feature: CompiledFeature, operation: CompiledOperation): unknown;
}

/** The only one of the rows as a form; `bad-options` where there are several, or the deployment takes no forms. */
export function rowForm(
  given: readonly unknown[],
  operation: CompiledOperation,
  { DeploymentError, eachAt, membersOf, valueOf, ...rules }: FormRules,
): Body {
  if (!operation.framing.multipart) {
    throw new DeploymentError(
      "bad-options",
      'The deployment takes no forms; the encoding "json" is expected.',
    );
  }
  if (given.length !== 1) {
    throw new DeploymentError(
      "bad-options",
      `A form carries exactly one row, but ${given.length} were given.`,
    );
  }
  const fields = eachAt(given, (row) => {
    const members = membersOf(row, operation);
    return operation.inputs.flatMap((feature) => {
      const value = valueOf(members, feature, operation);
      return value === undefined ? [] : [[feature.name, feature.coder.field(value)] as const];
    });
  });
  return formBody(multipartParts(fields.flat()), rules);
}
