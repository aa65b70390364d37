#!/usr/bin/env bash
# rotate-keys.sh PROJECT REGION: a new key signs access tokens from now on. No token is refused on the way: first every instance of web gets to
# know the new key, and goes on signing with the old one; only then does the new one sign, and the old one is still accepted. Takes a few
# minutes. It can be run again when it was interrupted.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if (($# != 2)); then
  echo "usage: $0 PROJECT REGION" >&2
  exit 2
fi
PROJECT=$1 REGION=$2
# For so long an instance of the revision before may still answer after the traffic has been moved.
SETTLE_SECONDS=${SETTLE_SECONDS:-90}
# An access token lives 15 minutes (services/web/accounts/access-token.ts).
TOKEN_SECONDS=1000
# shellcheck source=ensure.sh
source "$folder/ensure.sh"
check_place
# shellcheck source=place.sh
source "$folder/place.sh"
# shellcheck source=new-key.sh
source "$folder/new-key.sh"

refuse() {
  printf 'rotate-keys: %s\n' "$@" >&2
  exit 1
}

# $revision: the one that has all the traffic. A second one would be a canary, whose traffic must not be touched.
look_at_traffic() {
  ask gcloud builds list --ongoing --region="$REGION" --filter=tags=reelway-deploy --format='value(id)'
  [[ -z $answer ]] || refuse "a deployment is under way ($answer). Wait until it has ended: gcloud builds list --ongoing --region=$REGION --project=$PROJECT"
  ask gcloud run services list --region="$REGION" --filter="metadata.name=$WEB_SERVICE" --flatten='status.traffic[]' \
    --format='csv[no-heading](status.traffic.percent,status.traffic.revisionName,status.traffic.tag)'
  [[ -n $answer ]] || refuse "there is no service $WEB_SERVICE in $REGION: nothing has been deployed yet"
  [[ $answer =~ ^100,([^,]+),$ ]] ||
    refuse "a canary is under way: the traffic of $WEB_SERVICE is not all at one revision without a tag (percent, revision, tag):" "$answer" \
      "End the deployment, or go back with $folder/rollback.sh, and run this again."
  revision=${BASH_REMATCH[1]}
}

# $current, $previous: the versions of the secret that $revision signs with, and accepts, too
look_at_keys() {
  ask gcloud run revisions describe "$revision" --region="$REGION" --flatten='spec.containers[0].env[]' \
    --format='csv[no-heading](spec.containers.env.name,spec.containers.env.valueFrom.secretKeyRef.key)'
  current=$(sed -n 's/^JWT_KEY_CURRENT,//p' <<<"$answer")
  previous=$(sed -n 's/^JWT_KEY_PREVIOUS,//p' <<<"$answer")
  [[ $current =~ ^[0-9]+$ ]] || refuse "revision $revision does not take its keys from numbered versions of the secret $JWT_KEY_SECRET"
}

# deploy CURRENT PREVIOUS: the same image with these keys, and all traffic to it
deploy() {
  run gcloud run services update "$WEB_SERVICE" --region="$REGION" --no-traffic \
    --update-secrets="JWT_KEY_CURRENT=$JWT_KEY_SECRET:$1,JWT_KEY_PREVIOUS=$JWT_KEY_SECRET:$2"
  ask gcloud run services describe "$WEB_SERVICE" --region="$REGION" --format='value(status.latestCreatedRevisionName)'
  revision=$answer
  "$folder/pipeline/settle-traffic.sh" "$WEB_SERVICE=$revision"
  echo "rotate-keys: waiting $SETTLE_SECONDS s, until no instance of the revision before answers any more ..."
  sleep "$SETTLE_SECONDS"
}

look_at_traffic
look_at_keys
ask gcloud secrets versions list "$JWT_KEY_SECRET" --filter=state=ENABLED --sort-by='~createTime' \
  --format='csv[no-heading](name.basename(),createTime.date("%s"))'
versions=$answer
new=$(sed -n '1s/,.*//p' <<<"$versions")
if ((new > current)); then
  echo "rotate-keys: version $new is there already, and signs nothing yet: going on with it"
else
  made=$(sed -n "s/^$current,\([0-9]*\).*/\1/p" <<<"$versions")
  [[ -n $made ]] || refuse "version $current of the secret $JWT_KEY_SECRET, which web signs with, is not enabled"
  if (($(date +%s) - made < TOKEN_SECONDS)); then
    refuse "version $current is younger than $TOKEN_SECONDS s: tokens of the key before it may still be in use. Run this again in a quarter of an hour."
  fi
  add_key
  ask gcloud secrets versions list "$JWT_KEY_SECRET" --filter=state=ENABLED --sort-by='~createTime' --limit=1 --format='value(name.basename())'
  new=$answer
  echo "rotate-keys: version $new of secret $JWT_KEY_SECRET made"
fi
if [[ $previous == "$new" ]]; then
  echo "rotate-keys: web accepts version $new already"
else
  deploy "$current" "$new"
  echo "rotate-keys: 1 of 2: web signs with version $current, and accepts $new, too ($revision)"
fi
deploy "$new" "$current"
echo "rotate-keys: 2 of 2: web signs with version $new, and accepts $current, too ($revision)"

old=$(cut -d, -f1 <<<"$versions" | while read -r version; do ((version >= current)) || printf '%s ' "$version"; done)
echo "rotate-keys: done. Version $current is needed for another quarter of an hour, and until the next rotation."
if [[ -n $old ]]; then
  echo "Older versions are accepted by nobody any more. Revisions of web from before today still name them, so that rollback.sh could not start"
  echo "these again: disable the old versions when you are sure that you will not go back to them."
  for version in $old; do echo "  gcloud secrets versions disable $version --secret=$JWT_KEY_SECRET --project=$PROJECT"; done
fi
