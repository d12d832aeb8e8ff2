import { image, number, probabilities, tensor, text } from "@gen-deploy/runtime/coders";
export { createRowEngine } from "@gen-deploy/runtime";
export { rows as protocol } from "@gen-deploy/runtime/protocols/rows";
/** What carries the values of this deployment. */
export const coders = {
  image: image,
  number: number,
  probabilities: probabilities,
  tensor: tensor,
  text: text,
};
