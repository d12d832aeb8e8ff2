import { spawnSync } from "node:child_process";

/**
 * The first Python that imports all of `modules`, such as `numpy` and `PIL`; undefined where there is none, in which
 * case tests skip and say so.
 */
export function findPython(...modules: readonly string[]): string | undefined {
  const script = `import ${modules.join(", ")}`;
  return ["python3", "/usr/bin/python3"].find((python) => spawnSync(python, ["-c", script]).status === 0);
}

/** What `script` writes to standard output, given `input` on standard input; throws with Python's words where it fails. */
export function runPython(python: string, script: string, input: Uint8Array | string = ""): Buffer {
  const run = spawnSync(python, ["-c", script], { input, maxBuffer: 2 ** 28 });
  if (run.status !== 0) throw new Error(`Python ended with ${run.status}: ${run.stderr.toString()}`);
  return run.stdout;
}
