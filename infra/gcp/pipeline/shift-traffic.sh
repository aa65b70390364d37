#!/usr/bin/env bash
# shift-traffic.sh SERVICE PERCENT REVISION BASE: gives so much of the service's traffic to REVISION and the rest to BASE.
set -euo pipefail
service=$1 percent=$2 revision=$3 base=$4
: "${REGION:?}"
gcloud run services update-traffic "$service" --region="$REGION" \
  --to-revisions="$revision=$percent,$base=$((100 - percent))" --quiet >/dev/null
echo "traffic: $service: $revision $percent %, $base $((100 - percent)) %"
