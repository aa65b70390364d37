#!/usr/bin/env bash
# setup.sh PROJECT REGION: everything in an empty Google Cloud project that Reelway needs, except what is deployed (cloudbuild.yaml).
# It can be run again at any time: what is there stays, what is missing is made, settings are brought to what the files here say.
# Nothing is ever deleted. Variables that it takes:
#   WEB_ORIGIN           an origin of web besides its Cloud Run URL, like https://video.example.com
#   DATABASE_VERSION, DATABASE_TIER, DATABASE_AVAILABILITY   of a database that is yet to be made; see setup/database.sh
#   REPO, CONNECTION, REPOSITORY_RESOURCE  what Cloud Build deploys; see setup/trigger.sh
#   ALERT_EMAIL          who gets the alerts; see setup/monitoring.sh
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if (($# != 2)); then
  echo "usage: $0 PROJECT REGION   (the project's id, and a region like europe-west1)" >&2
  exit 2
fi
PROJECT=$1 REGION=$2
# shellcheck source=ensure.sh
source "$folder/ensure.sh"
check_place
# shellcheck source=place.sh
source "$folder/place.sh"
# shellcheck source=render.sh
source "$folder/render.sh"
# shellcheck source=grants.sh
source "$folder/grants.sh"

next_steps=()
echo "Reelway in project $PROJECT ($PROJECT_NUMBER), region $REGION"
for part in services registry network identities buckets pubsub database secrets scheduler trigger monitoring; do
  # shellcheck source=/dev/null
  source "$folder/setup/$part.sh"
done

section "Summary"
if ((${#changes[@]} == 0)); then
  echo "  Everything was there: nothing was changed."
else
  echo "  ${#changes[@]} changes:"
  printf '  - %s\n' "${changes[@]}"
fi

section "What to do next"
printf '%s\n' "${next_steps[@]}"
cat <<END
  When the first build has ended, Reelway is at $WEB_URL
END
