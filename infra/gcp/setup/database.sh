# Cloud SQL: PostgreSQL without a public address and without a password: services log in with their IAM identities.
# shellcheck shell=bash disable=SC2034,SC2154
section "Database"
# A list: to a describe of an instance that is not there, Cloud SQL may answer 403 ("not authorized").
ask gcloud sql instances list --filter="name=$DATABASE_INSTANCE" \
  --format='csv[no-heading](serviceAccountEmailAddress,settings.userLabels.granted,settings.tier,databaseVersion)'
if [[ -n $answer ]]; then
  IFS=, read -r database_agent granted size <<<"$answer"
  same "instance $DATABASE_INSTANCE: exists ($size)"
else
  # gcloud refuses versions that it does not know; 528 knows none after 17. All that Reelway asks for is in 17, too.
  version=${DATABASE_VERSION:-}
  if [[ -z $version ]]; then
    ask gcloud sql instances create --help
    if [[ $answer == *POSTGRES_18* ]]; then version=POSTGRES_18; else version=POSTGRES_17; fi
  fi
  [[ $version == POSTGRES_18 ]] || same "instance $DATABASE_INSTANCE: will be $version; a newer gcloud (gcloud components update) makes POSTGRES_18"
  same "instance $DATABASE_INSTANCE: being created, which takes about ten minutes ..."
  # beta: the range cannot be named otherwise in gcloud 528. Only connectors are let in, that is, only who may connect by IAM.
  # max_connections: the sum is in infra/README.md.
  run gcloud beta sql instances create "$DATABASE_INSTANCE" --region="$REGION" --timeout=unlimited \
    --database-version="$version" --edition=enterprise --tier="${DATABASE_TIER:-db-custom-2-7680}" \
    --availability-type="${DATABASE_AVAILABILITY:-zonal}" \
    --no-assign-ip --network="projects/$PROJECT/global/networks/$NETWORK" --allocated-ip-range-name="$NETWORK-services" \
    --connector-enforcement=REQUIRED --ssl-mode=ENCRYPTED_ONLY \
    --database-flags="cloudsql.iam_authentication=on,max_connections=400" \
    --storage-type=SSD --storage-size=10GB --storage-auto-increase \
    --backup-start-time=02:00 --retained-backups-count=14 --enable-point-in-time-recovery --retained-transaction-log-days=7 \
    --maintenance-window-day=SUN --maintenance-window-hour=3 --deletion-protection \
    --format='value(serviceAccountEmailAddress)'
  database_agent=$(tail -n 1 "$work/output") granted='' fresh_instance=yes
  changed "instance $DATABASE_INSTANCE: created"
fi

if [[ -n ${fresh_instance:-} ]]; then
  answer=
else
  ask gcloud sql databases list --instance="$DATABASE_INSTANCE" --format='value(name)'
fi
if has "$DATABASE_NAME" "$answer"; then
  same "database $DATABASE_NAME: exists"
else
  run gcloud sql databases create "$DATABASE_NAME" --instance="$DATABASE_INSTANCE"
  granted=''
  changed "database $DATABASE_NAME: created"
fi
if [[ -n ${fresh_instance:-} ]]; then
  answer=
else
  ask gcloud sql users list --instance="$DATABASE_INSTANCE" --format='value(name)'
fi
known=$answer
for id in "$WEB_ACCOUNT" "$BATCH_ACCOUNT" "$MIGRATE_ACCOUNT"; do
  if has "$id@$PROJECT.iam" "$known"; then
    same "database user $id: exists"
  else
    run gcloud sql users create "$id@$PROJECT.iam" --instance="$DATABASE_INSTANCE" --type=cloud_iam_service_account
    changed "database user $id: created"
  fi
done

# Since PostgreSQL 15 only the owner of a database may make tables in it, which is Cloud SQL's role cloudsqlsuperuser here. IAM users
# are no members of it, and nobody can log in as postgres, who is: he has no password, and will get none. But an import may be run
# as him, and Cloud SQL does not ask for a password then. So the one statement that is needed is imported. The instance reads the
# file as its own service account, which may read the bucket only until that is done. A label of the instance says that it is: unlike a
# file it goes when the instance goes.
if [[ $granted == yes ]]; then
  same "database user $MIGRATE_ACCOUNT: may make tables"
else
  if [[ $database_agent != *@* ]]; then
    ask gcloud sql instances describe "$DATABASE_INSTANCE" --format='value(serviceAccountEmailAddress)'
    database_agent=$answer
  fi
  file=setup/database-grants.sql
  want roles/storage.objectViewer "serviceAccount:$database_agent"
  ensure_grants "bucket $OUTPUTS_BUCKET" "storage buckets" "gs://$OUTPUTS_BUCKET"
  printf 'GRANT CREATE, USAGE ON SCHEMA public TO "%s";\n' "$MIGRATE_ACCOUNT@$PROJECT.iam" >"$work/grants.sql"
  run gcloud storage cp "$work/grants.sql" "gs://$OUTPUTS_BUCKET/$file"
  run gcloud sql import sql "$DATABASE_INSTANCE" "gs://$OUTPUTS_BUCKET/$file" --database="$DATABASE_NAME" --user=postgres
  run gcloud storage buckets remove-iam-policy-binding "gs://$OUTPUTS_BUCKET" --member="serviceAccount:$database_agent" \
    --role=roles/storage.objectViewer --condition=None
  changed "bucket $OUTPUTS_BUCKET: roles/storage.objectViewer taken back from $database_agent"
  # beta: the released command cannot set labels in gcloud 528.
  run gcloud beta sql instances patch "$DATABASE_INSTANCE" --update-labels=granted=yes
  changed "database user $MIGRATE_ACCOUNT: may make tables from now on"
fi
