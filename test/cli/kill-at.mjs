/*
 * Loaded before a run: kills it, as `kill -9` would, just before its KILL_AT-th change of the disk, or KILL_AFTER_ASKING
 * milliseconds after it has asked its helper for renames; and says how many changes there were where it comes to its end.
 */
import child from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

const at = Number(process.env["KILL_AT"]);
const wait = process.env["KILL_AFTER_ASKING"];
let count = 0;

function kill() {
  process.kill(process.pid, "SIGKILL");
}

function counted(object, name) {
  const original = object[name];
  object[name] = (...given) => {
    count += 1;
    if (count === at) kill();
    return original.apply(object, given);
  };
}

for (const name of ["rename", "rm", "rmdir"]) counted(fs.promises, name);
for (const name of ["mkdirSync", "renameSync", "rmSync", "writeFileSync", "linkSync"]) counted(fs, name);
if (wait !== undefined) {
  const { spawn } = child;
  child.spawn = (...given) => {
    const helper = spawn(...given);
    const write = helper.stdin.write.bind(helper.stdin);
    helper.stdin.write = (...text) => {
      const more = write(...text);
      if (wait === "0") kill();
      setTimeout(kill, Number(wait));
      return more;
    };
    return helper;
  };
}
syncBuiltinESMExports();
process.on("exit", () => fs.writeSync(2, `changes: ${count}\n`));
