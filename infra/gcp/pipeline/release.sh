#!/usr/bin/env bash
# Step "release": from two images to all traffic, or back. Cloud Build knows no "finally", so that all of it is one step, whose end is told by one
# trap: whatever fails, the revisions that had the traffic get it back, and the candidates lose their tag.
#
#   candidates without traffic -> smoke test -> batch 10 % -> look at errors -> batch 100 %, web 10 % -> look -> web 100 % -> look -> /version
set -euo pipefail
: "${PROJECT:?}" "${REGION:?}" "${PROJECT_NUMBER:?}" "${COMMIT:?}" "${BUILD_ID:?}" "${RELEASE:?}" "${CANARY_SECONDS:?}"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../place.sh
source "$here/../place.sh"

# Part of the build's id, because a commit can be built twice, and a revision's name is used once.
suffix=${COMMIT:0:7}-${BUILD_ID:0:8}
declare -A revision=([batch]=batch-$suffix [web]=web-$suffix) base=([batch]='' [web]='')
deployed=() stage='recording the traffic' child=

# In the background and waited for, so that a signal is handled at once and not when the command has ended.
run() {
  "$@" &
  child=$!
  wait "$child"
  child=
}

# Tells the end of it, once, whichever way it came.
end() {
  local code=$? back=() service
  trap - EXIT TERM INT
  if ((code == 0)); then return; fi
  if [[ -n $child ]]; then kill "$child" 2>/dev/null || true; fi
  echo "release: FAILED (exit code $code) while $stage." >&2
  for service in "${deployed[@]}"; do
    if [[ -n ${base[$service]} ]]; then
      # Web goes first: batch must understand what web sends.
      back=("$service=${base[$service]}" "${back[@]}")
    else
      echo "release: $service had no revision with traffic before, so there is none to go back to: ${revision[$service]} keeps it." >&2
    fi
  done
  if ((${#back[@]} > 0)) && ! "$here/settle-traffic.sh" "${back[@]}" >&2; then
    echo "release: THE TRAFFIC IS NOT BACK. See the lines above, then infra/gcp/rollback.sh $PROJECT $REGION --list" >&2
  fi
  echo "release: what to do: read the lines above this, correct the cause, and push again. Migrations stay: they only expand the schema." >&2
  exit "$code"
}
trap end EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# The revision with most of the traffic: a deployment that was killed at 10 % has left two. One that never became ready (a first
# deployment that failed) is nothing to go back to.
record() {
  local traffic ready service
  traffic=$(gcloud run services list --region="$REGION" --flatten='status.traffic[]' \
    --format='csv[no-heading](metadata.name,status.traffic.percent,status.traffic.revisionName)')
  ready=$(gcloud run revisions list --region="$REGION" --flatten='status.conditions[]' \
    --format='csv[no-heading](metadata.name,status.conditions.type,status.conditions.status)')
  for service in batch web; do
    base[$service]=$(awk -F, -v service="$service" '$1 == service && $2 > most { most = $2; name = $3 } END { print name }' <<<"$traffic")
    if [[ -n ${base[$service]} ]] && ! grep -qxF "${base[$service]},Ready,True" <<<"$ready"; then
      echo "release: $service: ${base[$service]} has the traffic, but never became ready"
      base[$service]=
    fi
    echo "release: $service: ${base[$service]:-no revision} has the traffic"
  done
}

deploy() {
  local service=$1
  stage="deploying $service"
  deployed+=("$service")
  run "$here/deploy-service.sh" "$service" "${revision[$service]}" "${base[$service]}"
  run "$here/ensure-invokers.sh" "$service"
}

shift_to() {
  local service=$1 percent=$2
  stage="shifting $percent % of $service's traffic"
  run "$here/shift-traffic.sh" "$service" "$percent" "${revision[$service]}" "${base[$service]}"
}

# All of its traffic, and no tag.
give_all() {
  local service=$1
  stage="giving all traffic of $service to its new revision"
  run "$here/settle-traffic.sh" "$service=${revision[$service]}"
}

look() {
  local since
  since=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  run sleep "$CANARY_SECONDS"
  stage="looking at the errors at $1"
  run "$here/look-at-errors.sh" "$since" "${revision[web]}" "${revision[batch]}"
}

record
# Batch is ahead of web all the way: it must understand what the new web sends, and the one before does not.
deploy batch
deploy web
stage='testing the candidates'
run "$here/smoke-test.sh"
if [[ -n ${base[batch]} ]]; then
  shift_to batch 10
  look "batch's 10 %"
fi
give_all batch
if [[ -n ${base[web]} ]]; then
  shift_to web 10
  look "batch's 100 % and web's 10 %"
fi
give_all web
look '100 %'
stage='asking the public address for its version'
run "$here/expect-version.sh" "$WEB_URL" "$COMMIT"
echo "release: $COMMIT is in production at $WEB_URL"
