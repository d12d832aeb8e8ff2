/*
 * The examples of a call of `:classify` or `:regress` come in, the body of its reply goes out.
 */
import type { ExampleVerb } from "../tf-serving/signature-types.js";
import { hashValue } from "./seed.js";
import type { Seed } from "./seed.js";
import { answeredExample, heldClassification, heldRegression } from "./tf-serving-answers.js";
import { drawClassification, drawRegression } from "./tf-serving-drawn.js";
import type { GivenExample } from "./tf-serving-examples.js";
import type { AnswerSource } from "./tf-serving-predict.js";
import { printClassifications, printRegressions } from "./tf-serving-replies.js";
import type { ServedSignature } from "./tf-serving-signature.js";

/** The body of the reply for examples that the graph has parsed. */
export async function callWithExamples(
  verb: ExampleVerb,
  examples: readonly GivenExample[],
  { signature, source }: { readonly signature: ServedSignature; readonly source: AnswerSource },
): Promise<string> {
  const model = hashValue(source.seed, signature.name);
  const answer = source.find(signature.key, verb);
  const results: unknown[] = [];
  for (const example of examples) {
    if (answer !== undefined) results.push(await answeredExample(answer, example, signature));
    else if (verb === "classify")
      results.push(drawClassification(signature, { model, example: seedOf(example, model) }));
    else results.push(drawRegression(seedOf(example, model)));
  }
  return verb === "classify"
    ? printClassifications(results.map(heldClassification))
    : printRegressions(results.map(heldRegression));
}

/** Features in any order are the same example. */
function seedOf(example: GivenExample, model: Seed): Seed {
  const features = [...example].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return hashValue(
    model,
    features.map(([name, { type, values }]) => [name, type, values]),
  );
}
