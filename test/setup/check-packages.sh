#!/usr/bin/env bash
# Holds every package that can be published to the rules of npm and of TypeScript's module resolution.
set -uo pipefail
cd "$(dirname "$0")/../.."

check() {
  local package=$1 failed=0 words
  # A description in YAML is no module: there is nothing for TypeScript to find.
  words=$(
    npx publint run --strict "$package" 2>&1 || exit 1
    npx attw --pack "$package" --profile esm-only --format ascii --exclude-entrypoints openapi.yaml metadata.yaml swagger.yaml model.yaml 2>&1
  ) || failed=1
  printf '== %s\n%s\n' "$package" "$words"
  return "$failed"
}
export -f check

# One at a time a core; what one of them fails by does not keep the others from being checked.
for package in . src/runtime generated-samples/*/; do
  [ -f "$package/package.json" ] && printf '%s\0' "$package"
done | xargs -0 -n 1 -P "$(nproc)" bash -c 'check "$1"' bash
