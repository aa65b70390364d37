#!/usr/bin/env bash
# rollback.sh PROJECT REGION                 web and batch go back to the revisions that had the traffic before those that have it now
# rollback.sh PROJECT REGION --to COMMIT     ... to those of that commit (its first characters will do)
# rollback.sh PROJECT REGION --list          what there is to go back to; changes nothing
#
# Takes seconds, and builds nothing. The database stays as it is: migrations only expand it, so that the code of the release before runs on it.
set -euo pipefail
usage="usage: $0 PROJECT REGION [--to COMMIT | --list]"
PROJECT=${1:?$usage} REGION=${2:?$usage} action=${3:-back} commit=${4:-}
case $action in
  back | --list) if (($# > 3)); then echo "$usage" >&2 && exit 2; fi ;;
  --to) if [[ ! $commit =~ ^[0-9a-f]{7,40}$ || $# != 4 ]]; then echo "$usage (COMMIT: 7 characters or more)" >&2 && exit 2; fi ;;
  *) echo "$usage" >&2 && exit 2 ;;
esac
export PROJECT REGION CLOUDSDK_CORE_PROJECT=$PROJECT CLOUDSDK_CORE_DISABLE_PROMPTS=1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=names.env
source "$here/names.env"

if [[ $action != --list ]]; then
  builds=$(gcloud builds list --ongoing --region="$REGION" --filter=tags=reelway-deploy --format='value(id)')
  if [[ -n $builds ]]; then
    echo "rollback: a deployment is under way, and would undo this. End it first, and run this again:" >&2
    for build in $builds; do echo "  gcloud builds cancel $build --project=$PROJECT --region=$REGION" >&2; done
    exit 1
  fi
fi
traffic=$(gcloud run services list --region="$REGION" --flatten='status.traffic[]' \
  --format='csv[no-heading](metadata.name,status.traffic.percent,status.traffic.revisionName)')
# Newest first.
revisions=$(gcloud run revisions list --region="$REGION" --sort-by='~metadata.creationTimestamp' \
  --format='csv[no-heading](metadata.name,metadata.labels.commit,metadata.labels.replaces,metadata.creationTimestamp)')

# The revision with most of the traffic of service $1.
serving() { awk -F, -v service="$1" '$1 == service && $2 > most { most = $2; name = $3 } END { print name }' <<<"$traffic"; }
# Field $2 (2 commit, 3 replaces) of revision $1.
field() { awk -F, -v name="$1" -v field="$2" '$1 == name { print $field }' <<<"$revisions"; }
# The revisions of service $1 that have had the traffic: that one has it now, or another one replaced them. A candidate that failed never had it.
proven() {
  awk -F, -v prefix="$1-" -v serving="$(serving "$1")" '
    index($1, prefix) == 1 { line[++count] = $0; name[count] = $1; had[$3] = 1 }
    END { for (i = 1; i <= count; i++) if (name[i] == serving || name[i] in had) print line[i] }' <<<"$revisions"
}

if [[ $action == --list ]]; then
  for service in "$WEB_SERVICE" "$BATCH_SERVICE"; do
    echo "$service (newest first):"
    proven "$service" | awk -F, -v serving="$(serving "$service")" '{ print "  commit " $2 "  " $1 "  made " $4 ($1 == serving ? "  <- has the traffic" : "") }'
  done
  exit 0
fi

targets=()
for service in "$WEB_SERVICE" "$BATCH_SERVICE"; do
  current=$(serving "$service")
  if [[ $action == --to ]]; then
    target=$(proven "$service" | awk -F, -v commit="$commit" 'index($2, commit) == 1 { print $1; exit }')
  else
    target=$(field "$current" 3)
    # Where it was not made by the pipeline, or has been deleted since.
    if [[ -z $(field "$target" 2) ]]; then target=; fi
  fi
  if [[ -z $target ]]; then
    echo "rollback: $service has no earlier revision ${commit:+of commit $commit }to go back to; nothing was changed. What there is:" >&2
    echo "  $0 $PROJECT $REGION --list" >&2
    exit 1
  fi
  echo "rollback: $service: from $current to $target (commit $(field "$target" 2))"
  targets+=("$service=$target")
done
"$here/pipeline/settle-traffic.sh" "${targets[@]}"
echo "rollback: done. The next push to main deploys again: revert the bad commit first."
