import { execFile } from "node:child_process";

/** What a command printed and how it ended. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as a user would in `cwd`, without the settings that npm hands down to its scripts. */
export function runCommand(
  [file = "", ...given]: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|NODE_OPTIONS|VITEST)/i.test(name),
  );
  return new Promise((resolve) => {
    const options = { cwd, env: { ...Object.fromEntries(inherited), ...env }, maxBuffer: 2 ** 26 };
    execFile(file, given, options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : 70;
      resolve({ status, stdout, stderr });
    });
  });
}

/** What a command printed; rejects with all of its words where it failed. */
export async function outputOf(
  command: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { status, stdout, stderr } = await runCommand(command, { cwd, env });
  if (status === 0) return stdout;
  throw new Error(`${command.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
}
