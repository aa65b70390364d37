#!/usr/bin/env bash
# deploy.sh PROJECT REGION: deploys the commit that is checked out here, through the same pipeline as the trigger (cloudbuild.yaml). For the first
# deployment, and where no repository is connected. Waits for the end of the build.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if (($# != 2)); then
  echo "usage: $0 PROJECT REGION" >&2
  exit 2
fi
PROJECT=$1 REGION=$2
# shellcheck source=ensure.sh
source "$folder/ensure.sh"
check_place
# shellcheck source=place.sh
source "$folder/place.sh"

cd "$folder/../.."
commit=$(git rev-parse HEAD) || usage_error "deploy: this is no clone of the repository: a deployment is known by its commit"
if [[ -n $(git status --porcelain) ]]; then
  usage_error "deploy: there are changes that are not committed, and what runs must be a commit:" "$(git status --short)"
fi
# The builder's account may read its source there, and nowhere else; lifecycle-outputs.json deletes it after a week.
gcloud builds submit . --region="$REGION" --config=cloudbuild.yaml --gcs-source-staging-dir="gs://$OUTPUTS_BUCKET/${SOURCE_PREFIX%/}" \
  --substitutions="_REGION=$REGION,COMMIT_SHA=$commit"
echo "deploy: $commit is at $WEB_URL"
