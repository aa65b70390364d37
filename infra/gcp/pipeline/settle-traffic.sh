#!/usr/bin/env bash
# settle-traffic.sh SERVICE=REVISION...: gives all traffic of each service to that revision, takes the candidate's tag away, and makes sure that
# it is so. Ends a deployment of a service well or ill, and a rollback.
set -euo pipefail
: "${REGION:?}"
# shellcheck source=../names.env
source "$(dirname "${BASH_SOURCE[0]}")/../names.env"
tries=24 pause_seconds=5

# Does not wait: gcloud takes a service whose newest revision never became ready for failed, whatever becomes of its traffic.
for wanted in "$@"; do
  gcloud run services update-traffic "${wanted%%=*}" --region="$REGION" \
    --to-revisions="${wanted#*=}=100" --remove-tags="$CANDIDATE_TAG" --async --quiet >/dev/null
done

for ((try = 1; try <= tries; try++)); do
  traffic=$(gcloud run services list --region="$REGION" --flatten='status.traffic[]' \
    --format='csv[no-heading](metadata.name,status.traffic.revisionName,status.traffic.percent,status.traffic.tag)')
  unsettled=()
  for wanted in "$@"; do
    service=${wanted%%=*} revision=${wanted#*=}
    if [[ $(grep "^$service," <<<"$traffic") != "$service,$revision,100," ]]; then unsettled+=("$wanted"); fi
  done
  if ((${#unsettled[@]} == 0)); then
    for wanted in "$@"; do echo "traffic: ${wanted%%=*}: all to ${wanted#*=}"; done
    exit 0
  fi
  if ((try < tries)); then sleep "$pause_seconds"; fi
done
echo "traffic: asked for ${unsettled[*]}, but this is how it is (service, revision, percent, tag):" >&2
printf '%s\n' "$traffic" >&2
for wanted in "${unsettled[@]}"; do
  echo "traffic: set it by hand: gcloud run services update-traffic ${wanted%%=*} --region=$REGION --to-revisions=${wanted#*=}=100" >&2
done
exit 1
