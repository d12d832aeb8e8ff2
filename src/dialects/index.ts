import { cog } from "./cog.js";
import type { Dialect } from "./dialect.js";
import { modelbit } from "./modelbit.js";
import { peltarion } from "./peltarion.js";
import { plain } from "./plain.js";
import { tfServing } from "./tf-serving.js";

/** Every dialect, in the order in which messages list them; exactly one recognises a description. */
export const dialects: readonly Dialect[] = [peltarion, tfServing, modelbit, cog, plain];
