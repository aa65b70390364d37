#!/usr/bin/env bash
# ensure-invokers.sh SERVICE: who may call the service at all. Everybody may call web; batch answers to Pub/Sub, the scheduler and the smoke test.
# Here and not in setup.sh, because a service must exist before it can have a policy. Changes nothing when all is as it should be.
set -euo pipefail
service=$1
: "${PROJECT:?}" "${REGION:?}" "${PROJECT_NUMBER:?}"
# shellcheck source=../place.sh
source "$(dirname "${BASH_SOURCE[0]}")/../place.sh"

case $service in
  web) wanted=(allUsers) ;;
  batch)
    wanted=()
    for account in "$PUSH_ACCOUNT" "$SCHEDULER_ACCOUNT" "$BUILD_ACCOUNT"; do
      wanted+=("serviceAccount:$account@$ACCOUNT_DOMAIN")
    done
    ;;
  *)
    echo "invokers: there is no service $service, only web and batch" >&2
    exit 1
    ;;
esac

have=$(gcloud run services get-iam-policy "$service" --region="$REGION" \
  --flatten='bindings[].members[]' --filter='bindings.role=roles/run.invoker' --format='value(bindings.members)')
for member in "${wanted[@]}"; do
  if grep -qxF "$member" <<<"$have"; then continue; fi
  gcloud run services add-iam-policy-binding "$service" --region="$REGION" \
    --member="$member" --role=roles/run.invoker --quiet >/dev/null
  echo "invokers: $member may call $service now"
done
