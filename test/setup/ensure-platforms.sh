#!/usr/bin/env bash
# Makes sure that the package managers, bundlers and run times of test/platforms/package.json stand in its own
# node_modules, as the lock there says: they are too heavy for those who only build. Never fails: says what is skipped.
set -u
cd "$(dirname "$0")/../platforms"

# A stamp of what was installed: the next run costs nothing.
stamp=node_modules/.installed-lock.json
cmp -s package-lock.json "$stamp" && exit 0
if npm ci --no-audit --no-fund --fetch-retries 1 --fetch-timeout 60000 >&2; then
  cp package-lock.json "$stamp" && exit 0
fi
# Half an installation is none: the tests look for the stamp.
rm -f "$stamp"
echo "no tools of test/platforms: tests of package managers, bundlers, Bun, Deno and workerd are skipped" >&2
