#!/usr/bin/env bash
# Step "turn": one deployment at a time. Cloud Build has no lock, but it has an order: a build goes on when no older one of the same tag is
# under way. Every build waits for those before it and for none after it, so that commits are deployed in the order of their builds.
set -euo pipefail
: "${REGION:?}" "${BUILD_ID:?}"
patience_seconds=3600
pause_seconds=20

while true; do
  # Oldest first. Of an API that does not answer we learn nothing: gcloud fails, and so does this.
  builds=$(gcloud builds list --ongoing --region="$REGION" --filter=tags=reelway-deploy --sort-by=createTime --format='value(id)')
  oldest=${builds%%$'\n'*}
  if [[ $oldest == "$BUILD_ID" ]]; then break; fi
  if [[ $'\n'$builds$'\n' != *$'\n'$BUILD_ID$'\n'* ]]; then
    echo "turn: this build ($BUILD_ID) is not among those that are under way in $REGION with the tag reelway-deploy: ${builds//$'\n'/ }." >&2
    echo "turn: start it through the trigger, or with --region=$REGION, so that deployments can see each other." >&2
    exit 1
  fi
  if ((SECONDS > patience_seconds)); then
    echo "turn: build $oldest has been under way for too long. Look at it, end it (gcloud builds cancel $oldest --region=$REGION)," >&2
    echo "turn: and start this build again." >&2
    exit 1
  fi
  echo "turn: waiting for build $oldest to end"
  sleep "$pause_seconds"
done
echo "turn: no other deployment is under way"
