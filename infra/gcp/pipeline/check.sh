#!/usr/bin/env bash
# Step "check": everything that a developer runs before a commit. Leaves node_modules behind for the smoke test.
set -euo pipefail

# The checks ask git which files there are. A checkout belongs to whoever fetched it, and a source that was sent by `gcloud builds submit`
# has no history.
git config --global --add safe.directory "$PWD"
if [[ ! -d .git ]]; then
  git init -q
  git add -A
fi

npm ci
npm test
