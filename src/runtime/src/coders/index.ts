/*
 * Every coder by the name of its kind. A generated client imports those that its deployment needs, and no others reach
 * its users.
 */
import type { CoderTable } from "./table.js";
import { createImageCoder } from "./image.js";
import { createLabelCoder } from "./label.js";
import { createNumberCoder } from "./number.js";
import { createProbabilitiesCoder } from "./probabilities.js";
import { createTensorCoder } from "./tensor.js";
import { createTextCoder } from "./text.js";

export {
  createImageCoder as image,
  createLabelCoder as label,
  createNumberCoder as number,
  createProbabilitiesCoder as probabilities,
  createTensorCoder as tensor,
  createTextCoder as text,
};

/** All of them; a kind that is missing here does not compile. */
export const coders: CoderTable = {
  image: createImageCoder,
  label: createLabelCoder,
  number: createNumberCoder,
  probabilities: createProbabilitiesCoder,
  tensor: createTensorCoder,
  text: createTextCoder,
};
