import { predictAll } from "./predict-all.js";

/** Runs on Node.js, Bun and Deno: addresses come in by the environment, and one line of JSON goes out. */
const { ANIMAL = "", DIGITS = "", TOKEN = "" } = process.env;
console.log(JSON.stringify(await predictAll({ animal: ANIMAL, digits: DIGITS, token: TOKEN })));
