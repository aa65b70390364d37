# Who is who. What each may do is granted where the resource is made, and here where the resource is an identity or the project.
# infra/README.md has the table.
# shellcheck shell=bash disable=SC2034,SC2154
section "Identities"
ask gcloud iam service-accounts list --format='value(email)'
known=$answer
while read -r id name; do
  if has "$id@$ACCOUNT_DOMAIN" "$known"; then
    same "service account $id: exists"
  else
    run gcloud iam service-accounts create "$id" --display-name="$name"
    fresh+=("account $id")
    changed "service account $id: created"
  fi
done <<END
$WEB_ACCOUNT Reelway: web
$BATCH_ACCOUNT Reelway: batch
$MIGRATE_ACCOUNT Reelway: the migration job
$PUSH_ACCOUNT Reelway: Pub/Sub calls batch with it
$SCHEDULER_ACCOUNT Reelway: Cloud Scheduler calls batch with it
$BUILD_ACCOUNT Reelway: builds and deploys
END

# ensure_role ID TITLE PERMISSION...: a role of our own, with exactly these permissions (in alphabetical order)
ensure_role() {
  local id=$1 title=$2 permissions
  shift 2
  permissions=$(IFS=,; echo "$*")
  if ! look gcloud iam roles describe "$id" --project="$PROJECT" --format='csv[no-heading](deleted,includedPermissions.list())'; then
    run gcloud iam roles create "$id" --quiet --project="$PROJECT" --title="$title" --permissions="$permissions" --stage=GA
    changed "role $id: created"
    return
  fi
  if [[ $answer == True* ]]; then
    run gcloud iam roles undelete "$id" --project="$PROJECT"
    changed "role $id: brought back"
  fi
  if [[ $answer == *",\"$permissions\"" || $answer == *",$permissions" ]]; then
    same "role $id: exists"
  else
    run gcloud iam roles update "$id" --quiet --project="$PROJECT" --permissions="$permissions"
    changed "role $id: permissions updated"
  fi
}

# Google's own roles for objects either cannot delete or also change metadata, ACLs and retention. These are exactly the calls that
# web and batch make (shared/storage, services/web, services/batch/store.ts). Whoever signs a URL needs what the URL allows.
ensure_role "$OBJECT_WRITER_ROLE" "Reelway: writes, reads and deletes objects" \
  storage.objects.create storage.objects.delete storage.objects.get storage.objects.list
ensure_role "$OBJECT_READER_ROLE" "Reelway: reads and deletes objects" \
  storage.objects.delete storage.objects.get storage.objects.list

ensure_role "$URL_SIGNER_ROLE" "Reelway: signs URLs" iam.serviceAccounts.signBlob

# Signing a URL without a key is a call of web about itself (signBlob). Google's role for it would also give it tokens of all kinds.
want "projects/$PROJECT/roles/$URL_SIGNER_ROLE" "$(account "$WEB_ACCOUNT")"
want roles/iam.serviceAccountUser "$(account "$BUILD_ACCOUNT")"
ensure_grants "account $WEB_ACCOUNT" "iam service-accounts" "$WEB_ACCOUNT@$ACCOUNT_DOMAIN"
# The pipeline deploys what runs as these.
for id in "$BATCH_ACCOUNT" "$MIGRATE_ACCOUNT"; do
  want roles/iam.serviceAccountUser "$(account "$BUILD_ACCOUNT")"
  ensure_grants "account $id" "iam service-accounts" "$id@$ACCOUNT_DOMAIN"
done
# The smoke test calls batch, which is private, with a token that the build's account makes for itself.
# https://cloud.google.com/build/docs/securing-builds/authorize-service-to-service-access
want roles/iam.serviceAccountOpenIdTokenCreator "$(account "$BUILD_ACCOUNT")"
ensure_grants "account $BUILD_ACCOUNT" "iam service-accounts" "$BUILD_ACCOUNT@$ACCOUNT_DOMAIN"
# Pub/Sub makes the tokens that it calls batch with. In a new project its own account has to be brought into being first.
make_pubsub_agent() {
  [[ -n ${pubsub_agent_made:-} ]] || run gcloud beta services identity create --service=pubsub.googleapis.com
  pubsub_agent_made=yes
}
pubsub_agent=serviceAccount:service-$PROJECT_NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com
before_granting=make_pubsub_agent
want roles/iam.serviceAccountTokenCreator "$pubsub_agent"
ensure_grants "account $PUSH_ACCOUNT" "iam service-accounts" "$PUSH_ACCOUNT@$ACCOUNT_DOMAIN"

# Cloud SQL has no policies on its instances: a condition says which one is meant.
# https://cloud.google.com/sql/docs/postgres/iam-conditions
only_database="resource.name == \"projects/$PROJECT/instances/$DATABASE_INSTANCE\" && resource.service == \"sqladmin.googleapis.com\""
for id in "$WEB_ACCOUNT" "$BATCH_ACCOUNT" "$MIGRATE_ACCOUNT"; do
  want roles/cloudsql.client "$(account "$id")" "only instance $DATABASE_INSTANCE" "$only_database"
  want roles/cloudsql.instanceUser "$(account "$id")" "only instance $DATABASE_INSTANCE" "$only_database"
done
# Cloud Run's services do not exist before the pipeline has made them, and it says who may call them: that takes run.admin.
want roles/run.admin "$(account "$BUILD_ACCOUNT")"
want roles/logging.logWriter "$(account "$BUILD_ACCOUNT")"
# It looks at errors between the steps of a release, and at other builds, so that one deploys at a time.
want roles/logging.viewer "$(account "$BUILD_ACCOUNT")"
want roles/cloudbuild.builds.viewer "$(account "$BUILD_ACCOUNT")"
ensure_grants "project $PROJECT" projects "$PROJECT"

want roles/artifactregistry.writer "$(account "$BUILD_ACCOUNT")"
ensure_grants "image repository $REPOSITORY" "artifacts repositories" "$REPOSITORY" --location="$REGION"
