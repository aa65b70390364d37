#!/usr/bin/env bash
# teardown.sh PROJECT REGION [--with-data] [--yes]: takes away what setup.sh and the pipeline have made. The database, the buckets, the keys, and
# what they need (accounts, network) stay, so that setup.sh and a deployment bring everything back; --with-data takes them, too, for ever.
# Says what it would destroy and has the project's id typed, unless --yes is given. Can be run again; what is gone is passed over.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
usage="usage: $0 PROJECT REGION [--with-data] [--yes]"
with_data=false confirmed=false
places=()
for argument in "$@"; do
  case $argument in
    --with-data) with_data=true ;;
    --yes) confirmed=true ;;
    -*) echo "$usage" >&2 && exit 2 ;;
    *) places+=("$argument") ;;
  esac
done
if ((${#places[@]} != 2)); then echo "$usage" >&2 && exit 2; fi
PROJECT=${places[0]} REGION=${places[1]}
# shellcheck source=ensure.sh
source "$folder/ensure.sh"
check_place
# shellcheck source=place.sh
source "$folder/place.sh"

# find_all API COMMAND...: what there is of it, one name a line, in $answer; nothing where the API was never enabled
find_all() {
  has "$1" "$apis" || {
    answer=
    return
  }
  shift
  ask "$@"
}

# plan WHAT COMMAND...: to be done later, in this order
what=() commands=()
plan() {
  what+=("$1")
  shift
  commands+=("$(printf '%q ' "$@")")
}

ask gcloud services list --enabled --format='value(config.name)'
apis=$answer

find_all cloudbuild.googleapis.com gcloud builds triggers list --region="$REGION" --filter="name=$BUILD_TRIGGER" --format='value(name)'
[[ -z $answer ]] || plan "build trigger $BUILD_TRIGGER" gcloud builds triggers delete "$BUILD_TRIGGER" --region="$REGION"
find_all cloudscheduler.googleapis.com gcloud scheduler jobs list --location="$REGION" --format='value(name.basename())'
! has "$SCHEDULER_JOB" "$answer" || plan "scheduler job $SCHEDULER_JOB" gcloud scheduler jobs delete "$SCHEDULER_JOB" --location="$REGION"

if [[ -f $folder/setup/monitoring.sh ]]; then
  # A policy before the metrics that it asks about.
  find_all monitoring.googleapis.com gcloud alpha monitoring policies list --format='csv[no-heading,separator="|"](name,displayName)'
  ours=$(sed -n 's/^displayName: *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$folder"/monitoring/alerts/*.yaml)
  while IFS='|' read -r id name; do
    [[ -z $name ]] || ! has "$name" "$ours" || plan "alert \"$name\"" gcloud alpha monitoring policies delete "$id"
  done <<<"$answer"
  find_all monitoring.googleapis.com gcloud monitoring dashboards list --filter='displayName="Reelway"' --format='value(name)'
  for id in $answer; do plan "dashboard Reelway" gcloud monitoring dashboards delete "$id"; done
  find_all monitoring.googleapis.com gcloud monitoring uptime list-configs --filter='displayName~"^Reelway: "' --format='value(name)'
  for id in $answer; do plan "uptime check" gcloud monitoring uptime delete "$id"; done
  find_all monitoring.googleapis.com gcloud beta monitoring channels list --filter='displayName~"^Reelway: "' --format='value(name)'
  for id in $answer; do plan "notification channel" gcloud beta monitoring channels delete "$id"; done
  find_all logging.googleapis.com gcloud logging metrics list --format='value(name)'
  for file in "$folder"/monitoring/metrics/*.yaml; do
    name=$(sed -n 's/^name: *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$file")
    ! has "$name" "$answer" || plan "log-based metric $name" gcloud logging metrics delete "$name"
  done
fi

find_all run.googleapis.com gcloud run services list --region="$REGION" --format='value(metadata.name)'
for name in "$WEB_SERVICE" "$BATCH_SERVICE"; do
  ! has "$name" "$answer" || plan "Cloud Run service $name" gcloud run services delete "$name" --region="$REGION"
done
find_all run.googleapis.com gcloud run jobs list --region="$REGION" --format='value(metadata.name)'
! has "$MIGRATE_JOB" "$answer" || plan "Cloud Run job $MIGRATE_JOB" gcloud run jobs delete "$MIGRATE_JOB" --region="$REGION"

find_all storage.googleapis.com gcloud storage buckets list --format='value(name)'
buckets=$answer
if has "$UPLOADS_BUCKET" "$buckets" && ! $with_data; then
  ask gcloud storage buckets notifications list "gs://$UPLOADS_BUCKET" --format=yaml
  if grep -qE '/topics/uploads$' <<<"$answer"; then
    plan "notification of bucket $UPLOADS_BUCKET" gcloud storage buckets notifications delete "gs://$UPLOADS_BUCKET"
  fi
fi
names=()
for file in "$folder"/pubsub/*.yaml; do names+=("$(basename "$file" .yaml)"); done
for kind in subscriptions topics; do
  find_all pubsub.googleapis.com gcloud pubsub "$kind" list --format='value(name.basename())'
  found=()
  for name in "${names[@]}"; do ! has "$name" "$answer" || found+=("$name"); done
  ((${#found[@]} == 0)) || plan "Pub/Sub $kind ${found[*]} (the reaper publishes waiting jobs again)" gcloud pubsub "$kind" delete "${found[@]}"
done
find_all artifactregistry.googleapis.com gcloud artifacts repositories list --location="$REGION" --format='value(name.basename())'
! has "$REPOSITORY" "$answer" || plan "image repository $REPOSITORY with all images" gcloud artifacts repositories delete "$REPOSITORY" --location="$REGION"

if $with_data; then
  find_all sqladmin.googleapis.com gcloud sql instances list --filter="name=$DATABASE_INSTANCE" --format='value(name,settings.deletionProtectionEnabled)'
  if [[ -n $answer ]]; then
    [[ $answer != *True* ]] ||
      plan "deletion protection of database $DATABASE_INSTANCE" gcloud sql instances patch "$DATABASE_INSTANCE" --no-deletion-protection
    plan "DATABASE $DATABASE_INSTANCE with all accounts and tasks, and its backups" gcloud sql instances delete "$DATABASE_INSTANCE"
  fi
  for name in "$UPLOADS_BUCKET" "$OUTPUTS_BUCKET"; do
    ! has "$name" "$buckets" || plan "BUCKET $name with all videos" gcloud storage rm --recursive "gs://$name"
  done
  find_all secretmanager.googleapis.com gcloud secrets list --format='value(name.basename())'
  ! has "$JWT_KEY_SECRET" "$answer" || plan "SECRET $JWT_KEY_SECRET with all keys" gcloud secrets delete "$JWT_KEY_SECRET"
  find_all iam.googleapis.com gcloud iam service-accounts list --format='value(email)'
  for id in "$WEB_ACCOUNT" "$BATCH_ACCOUNT" "$MIGRATE_ACCOUNT" "$PUSH_ACCOUNT" "$SCHEDULER_ACCOUNT" "$BUILD_ACCOUNT"; do
    ! has "$id@$ACCOUNT_DOMAIN" "$answer" || plan "service account $id" gcloud iam service-accounts delete "$id@$ACCOUNT_DOMAIN"
  done
  find_all servicenetworking.googleapis.com gcloud compute networks list --filter="name=$NETWORK" --format='value(name)'
  if [[ -n $answer ]]; then
    ask gcloud services vpc-peerings list --network="$NETWORK" --format='value(peering)'
    [[ -z $answer ]] || plan "peering of network $NETWORK" \
      gcloud services vpc-peerings delete --network="$NETWORK" --service=servicenetworking.googleapis.com
    ask gcloud compute addresses list --global --filter="name=$NETWORK-services" --format='value(name)'
    [[ -z $answer ]] || plan "address range $NETWORK-services" gcloud compute addresses delete "$NETWORK-services" --global
    ask gcloud compute networks subnets list --regions="$REGION" --filter="name=$SUBNETWORK" --format='value(name)'
    [[ -z $answer ]] || plan "subnetwork $SUBNETWORK" gcloud compute networks subnets delete "$SUBNETWORK" --region="$REGION"
    plan "network $NETWORK" gcloud compute networks delete "$NETWORK"
  fi
fi

if ((${#what[@]} == 0)); then
  echo "Nothing of Reelway $($with_data && echo is || echo "that runs is") left in project $PROJECT, region $REGION."
  exit 0
fi
echo "This will be destroyed in project $PROJECT, region $REGION:"
printf '  %s\n' "${what[@]}"
if $with_data; then
  echo "ALL DATA GOES WITH IT, and cannot be brought back."
else
  echo "The database, the buckets, the keys, the service accounts and the network stay (--with-data takes them, too)."
fi
if ! $confirmed; then
  read -r -p "Type the project's id to go on: " typed || true
  if [[ ${typed-} != "$PROJECT" ]]; then
    echo "teardown: that is not \"$PROJECT\": nothing was destroyed" >&2
    exit 1
  fi
fi

left=()
for i in "${!what[@]}"; do
  if bash -c "${commands[i]}" </dev/null >"$work/output" 2>"$work/error"; then
    changed "${what[i]}: gone"
  elif grep -qE "$NOT_FOUND" "$work/error"; then
    same "${what[i]}: was gone"
  else
    left+=("${what[i]}")
    echo "  ${what[i]}: could not be removed:" >&2
    sed 's/^/    /' "$work/error" >&2
  fi
done
if ((${#left[@]} > 0)); then
  echo "teardown: this is left; run it again later (Google gives a database's network back after some days, Cloud Run's within two hours):" >&2
  printf '  %s\n' "${left[@]}" >&2
  exit 1
fi
echo "Gone. What stays costs nothing: enabled APIs, the names of deleted accounts in the project's policy (for 60 days), and three roles of our"
echo "own, whose ids Google would not give out again for weeks."
