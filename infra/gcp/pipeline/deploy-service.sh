#!/usr/bin/env bash
# deploy-service.sh SERVICE REVISION BASE: makes REVISION of web or batch from run/SERVICE.yaml, tagged as candidate and without traffic, all of
# which stays with revision BASE. Where BASE is empty (first deployment) the new revision gets all of it: some revision must. Returns when the
# revision is ready, and fails when it does not become ready.
set -euo pipefail
service=$1 REVISION=$2 base=$3
: "${PROJECT:?}" "${REGION:?}" "${PROJECT_NUMBER:?}" "${COMMIT:?}" "${RELEASE:?}"
# shellcheck source=../place.sh
source "$(dirname "${BASH_SOURCE[0]}")/../place.sh"
# shellcheck source=../render.sh
source "$gcp/render.sh"

image=$(cat "$RELEASE/$service.image")
REPLACES=${base:-none}
if [[ -n $base ]]; then
  TRAFFIC="[{revisionName: $base, percent: 100}, {revisionName: $REVISION, tag: $CANDIDATE_TAG}]"
else
  TRAFFIC="[{revisionName: $REVISION, percent: 100, tag: $CANDIDATE_TAG}]"
fi
export REVISION REPLACES TRAFFIC

case $service in
  batch)
    export BATCH_IMAGE=$image
    ;;
  web)
    export WEB_IMAGE=$image
    # The newest two keys that are enabled. Their numbers are pinned, so that a revision never changes its keys.
    versions=$(gcloud secrets versions list "$JWT_KEY_SECRET" --filter=state=ENABLED --format='value(name.basename())' | sort -rn)
    JWT_KEY_CURRENT_VERSION=$(sed -n 1p <<<"$versions")
    JWT_KEY_PREVIOUS_VERSION=$(sed -n 2p <<<"$versions")
    if [[ -z $JWT_KEY_PREVIOUS_VERSION ]]; then
      echo "deploy: the secret $JWT_KEY_SECRET has fewer than two enabled versions. Make them with infra/gcp/setup.sh $PROJECT $REGION." >&2
      exit 1
    fi
    export JWT_KEY_CURRENT_VERSION JWT_KEY_PREVIOUS_VERSION
    ;;
  *)
    echo "deploy: there is no service $service, only web and batch" >&2
    exit 1
    ;;
esac

render "$gcp/run/$service.yaml" >"$RELEASE/$service.yaml"
if ! gcloud run services replace "$RELEASE/$service.yaml" --region="$REGION" --quiet; then
  echo "deploy: $REVISION did not become ready. What it said:" >&2
  echo "  gcloud logging read 'resource.labels.revision_name=$REVISION' --project=$PROJECT --limit=50" >&2
  exit 1
fi
