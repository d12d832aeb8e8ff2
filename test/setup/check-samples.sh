#!/usr/bin/env bash
# Fails when what the command writes today is not what is checked in. Asks for new files too, which `git diff` does not see.
set -euo pipefail
cd "$(dirname "$0")/../.."

changed=$(git status --porcelain -- generated-samples)
if [ -n "$changed" ]; then
  echo "generated-samples differs from what the command writes; run 'npm run samples' and commit:" >&2
  echo "$changed" >&2
  exit 1
fi
