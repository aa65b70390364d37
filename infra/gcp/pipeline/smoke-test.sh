#!/usr/bin/env bash
# Puts the candidate revisions to the test, through their own URLs and before they get any traffic: both run the commit, and the acceptance
# tests pass, which sign up, upload videos and have them converted. web sends what comes through its candidate URL to the topic jobs-candidate,
# and that to the candidate of batch (services/web/tasks/lane-of.ts, pubsub/jobs-candidate.yaml).
# Expects in the current directory what `npm ci` leaves there, and ffmpeg on PATH.
set -euo pipefail
: "${PROJECT:?}" "${REGION:?}" "${PROJECT_NUMBER:?}" "${COMMIT:?}"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../place.sh
source "$here/../place.sh"

token=$(gcloud auth print-identity-token --audiences="$PUSH_AUDIENCE")
"$here/expect-version.sh" "$CANDIDATE_BATCH_URL" "$COMMIT" "$token"
"$here/expect-version.sh" "$CANDIDATE_WEB_URL" "$COMMIT"

export BASE_URL=$CANDIDATE_WEB_URL
timeout 1200 node_modules/.bin/node --test \
  test/acceptance/accounts.test.ts test/acceptance/tasks.test.ts test/acceptance/convert.test.ts
echo "smoke test: passed at $BASE_URL"
