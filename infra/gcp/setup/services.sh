# shellcheck shell=bash disable=SC2034,SC2154
section "APIs"
services=(
  artifactregistry.googleapis.com
  cloudbuild.googleapis.com
  cloudresourcemanager.googleapis.com
  cloudscheduler.googleapis.com
  compute.googleapis.com
  iam.googleapis.com
  # Signing URLs without a key.
  iamcredentials.googleapis.com
  logging.googleapis.com
  monitoring.googleapis.com
  pubsub.googleapis.com
  run.googleapis.com
  secretmanager.googleapis.com
  # The database's private address.
  servicenetworking.googleapis.com
  sqladmin.googleapis.com
  storage.googleapis.com
)
ask gcloud services list --enabled --format='value(config.name)'
missing=()
for service in "${services[@]}"; do has "$service" "$answer" || missing+=("$service"); done
if ((${#missing[@]} == 0)); then
  same "all ${#services[@]} APIs: enabled"
else
  run gcloud services enable "${missing[@]}"
  for service in "${missing[@]}"; do changed "API $service: enabled"; done
fi
