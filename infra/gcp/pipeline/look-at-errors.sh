#!/usr/bin/env bash
# look-at-errors.sh SINCE WEB_REVISION BATCH_REVISION: fails, and shows them, when one of the two revisions logged an error since SINCE (RFC 3339),
# or when web answered 5xx. Not what Cloud Run notes of batch's requests: 503 is its way to ask Pub/Sub for another delivery
# (services/batch/ack-policy.ts), and 429 or 500 say that all instances were busy.
set -euo pipefail
since=$1 web=$2 batch=$3
: "${PROJECT:?}"
filter="resource.type=cloud_run_revision AND timestamp>=\"$since\" AND (
  (resource.labels.revision_name=\"$web\" AND (severity>=ERROR OR httpRequest.status>=500))
  OR (resource.labels.revision_name=\"$batch\" AND severity>=ERROR AND NOT httpRequest.status:*))"

errors=$(gcloud logging read "$filter" --project="$PROJECT" --limit=20 --order=asc --format='csv[no-heading,separator=" "](
  timestamp,resource.labels.revision_name,severity,httpRequest.status,httpRequest.requestUrl,jsonPayload.message,textPayload)')
if [[ -n $errors ]]; then
  echo "errors: the new revisions logged these since $since:" >&2
  printf '%s\n' "$errors" >&2
  exit 1
fi
echo "errors: none since $since"
