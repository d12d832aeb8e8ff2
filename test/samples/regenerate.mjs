import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { promisify } from "node:util";

/*
 * Writes every folder of generated-samples anew, by the command itself: what is checked in there is what a user gets.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));

/** From which description each sample comes, and what the user says beside it. */
const samples = [
  { sample: "peltarion-animal-weight", spec: "peltarion/animal-table/spec.json", options: [] },
  { sample: "peltarion-image-and-arrays", spec: "peltarion/image-and-arrays/spec.json", options: [] },
  {
    sample: "peltarion-image-and-arrays-npy",
    spec: "peltarion/image-and-arrays-npy/spec.json",
    options: ["--name", "digits-and-grids-npy"],
  },
  {
    sample: "peltarion-categorical",
    spec: "peltarion/categorical-size-only/spec.yaml",
    options: ["--labels", "severity=mild,moderate,severe"],
  },
  { sample: "tf-serving-half-plus-two", spec: "tf-serving/half-plus-two/spec.json", options: [] },
  {
    sample: "tf-serving-image-classifier",
    spec: "tf-serving/image-classifier/spec.json",
    options: [
      ...["--metadata", "test/dialects/tf-serving/image-classifier/metadata.json"],
      ...["--name", "image-classifier"],
    ],
  },
  { sample: "tf-serving-bert", spec: "tf-serving/bert/spec.json", options: [] },
  { sample: "tf-serving-features", spec: "tf-serving/features/spec.json", options: [] },
  { sample: "modelbit-example-doubler", spec: "modelbit/doubler/spec.yaml", options: [] },
  { sample: "modelbit-example-dict-doubler", spec: "modelbit/dict-doubler/spec.json", options: [] },
  { sample: "modelbit-example-adder", spec: "modelbit/adder/spec.yaml", options: [] },
  { sample: "cog-photo-restyler", spec: "cog/photo-restyler/spec.json", options: [] },
  { sample: "openapi-leaf-doctor", spec: "openapi/leaf-doctor/spec.json", options: [] },
];

for (const { sample, spec, options } of samples) {
  // A sample shows what is written first: it does not follow from what stood there before.
  const place = ["--out", join("generated-samples", sample), "--bump", "none"];
  const given = [join("test/dialects", spec), ...place, ...options];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["dist/cli/main.js", ...given], {
    cwd: root,
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
}
