import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/*
 * What test/setup/ensure-platforms.sh and ensure-chromium.sh have made sure of. Tests that need what is not there are
 * skipped, and their names say what they need.
 */

const folder = fileURLToPath(new URL(".", import.meta.url));

/** The command of a package of test/platforms/package.json. */
export function platformCommand(name: string): string {
  return join(folder, "node_modules/.bin", name);
}

/** Whether those packages are installed, all of them and as the lock says. */
export function hasPlatforms(): boolean {
  const stamp = join(folder, "node_modules/.installed-lock.json");
  return (
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === readFileSync(join(folder, "package-lock.json"), "utf8")
  );
}

/** The Chromium, or a browser made of it, that stands on this machine. */
export function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((place) => join(place, name)))
    .find((path) => existsSync(path));
}
