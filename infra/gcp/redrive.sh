#!/usr/bin/env bash
# redrive.sh PROJECT REGION SINCE [UNTIL]: brings tasks back to work that failed in that time for a reason that was ours (storage or
# database away, encoder crashed, attempts used up, that is, dead-lettered). Times are like 2026-11-24T20:00:00Z. A task that failed because
# of its video stays failed; so does one that was cancelled. Doing it twice does no harm.
#
# The work is done by the migration job's image (services/web/redrive/main.ts), because nothing else may change the database from
# outside the services. It only queues the tasks; the reaper publishes five of them a minute.
#
# A dead letter that batch has not read yet needs none of this: it waits in the subscription jobs-dead-letter for a week, and is delivered
# as soon as batch answers.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TIME='^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
if (($# < 3 || $# > 4)) || [[ ! $3 =~ $TIME ]] || [[ -n ${4-} && ! ${4-} =~ $TIME ]]; then
  echo "usage: $0 PROJECT REGION SINCE [UNTIL]   (times in UTC, like 2026-11-24T20:00:00Z; UNTIL is now if left out)" >&2
  exit 2
fi
PROJECT=$1 REGION=$2 since=$3 until=${4-}
# shellcheck source=ensure.sh
source "$folder/ensure.sh"
check_place
# shellcheck source=place.sh
source "$folder/place.sh"

if ! exists gcloud run jobs describe "$MIGRATE_JOB" --region="$REGION"; then
  echo "redrive: there is no job $MIGRATE_JOB in $REGION: nothing has been deployed yet" >&2
  exit 1
fi
variables=REDRIVE_SINCE=$since${until:+,REDRIVE_UNTIL=$until}
run gcloud run jobs execute "$MIGRATE_JOB" --region="$REGION" --args=redrive.js --update-env-vars="$variables" --wait \
  --format='value(metadata.name)'
execution=$(tail -n 1 "$work/output")
echo "redrive: done by $execution. How many tasks it was stands in its log, within a few seconds:"
echo "  gcloud logging read 'labels.\"run.googleapis.com/execution_name\"=$execution AND jsonPayload.metadata.tasks>=0' --project=$PROJECT --format='value(jsonPayload.message)'"
