/** What carries the rows of this deployment: loaded beside the page that makes its client. */
import type { CodersFor } from "@gen-deploy/runtime";
import { image, number, probabilities, tensor, text } from "@gen-deploy/runtime/coders";
import type { Input, Output } from "./index.js";

export { createRowEngine } from "@gen-deploy/runtime";
export { rows as protocol } from "@gen-deploy/runtime/protocols/rows";

/** What carries the values of this deployment. */
export const coders: CodersFor<Input, Output> = {
  image: image,
  number: number,
  probabilities: probabilities,
  tensor: tensor,
  text: text,
};
