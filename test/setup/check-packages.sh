#!/usr/bin/env bash
# Holds every package that can be published to the rules of npm and of TypeScript's module resolution.
set -uo pipefail
cd "$(dirname "$0")/../.."

failed=0
for package in . src/runtime generated-samples/*/; do
  [ -f "$package/package.json" ] || continue
  echo "== $package"
  npx publint run --strict "$package" || failed=1
  # A description in YAML is no module: there is nothing for TypeScript to find.
  npx attw --pack "$package" --profile esm-only --format ascii --exclude-entrypoints openapi.yaml metadata.yaml swagger.yaml model.yaml || failed=1
done
exit "$failed"
