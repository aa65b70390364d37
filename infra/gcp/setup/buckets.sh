# shellcheck shell=bash disable=SC2034,SC2154
section "Buckets"
# The page in a browser uploads straight to the bucket, and needs its leave. Every origin that web is reached by has to be named.
# shellcheck disable=SC2034
WEB_ORIGINS=$WEB_URL${WEB_ORIGIN:+\", \"$WEB_ORIGIN}
render "$folder/cors.json" >"$work/cors.json"

# ensure_bucket NAME LIFECYCLE_FILE SOFT_DELETE
ensure_bucket() {
  local url=gs://$1 lifecycle=$2 soft_delete=$3
  if has "$1" "$buckets"; then
    same "bucket $1: exists"
  else
    run gcloud storage buckets create "$url" --location="$REGION" --uniform-bucket-level-access --public-access-prevention \
      --soft-delete-duration="$soft_delete"
    changed "bucket $1: created"
  fi
  run gcloud storage buckets update "$url" --uniform-bucket-level-access --public-access-prevention \
    --soft-delete-duration="$soft_delete" --cors-file="$work/cors.json" --lifecycle-file="$lifecycle"
  same "bucket $1: settings applied"
}

ask gcloud storage buckets list --format='value(name)'
buckets=$answer
# A source that is deleted is deleted on purpose (its owner said so, or its time is over), and it is large: keeping it for another
# week would cost more than the week of its use.
ensure_bucket "$UPLOADS_BUCKET" "$folder/lifecycle-uploads.json" 0
# A result cannot always be made again: for a week a mistake of ours, or an operator's, can be undone.
ensure_bucket "$OUTPUTS_BUCKET" "$folder/lifecycle-outputs.json" 7d

want "projects/$PROJECT/roles/$OBJECT_WRITER_ROLE" "$(account "$WEB_ACCOUNT")"
want "projects/$PROJECT/roles/$OBJECT_READER_ROLE" "$(account "$BATCH_ACCOUNT")"
ensure_grants "bucket $UPLOADS_BUCKET" "storage buckets" "gs://$UPLOADS_BUCKET"
want "projects/$PROJECT/roles/$OBJECT_READER_ROLE" "$(account "$WEB_ACCOUNT")"
want "projects/$PROJECT/roles/$OBJECT_WRITER_ROLE" "$(account "$BATCH_ACCOUNT")"
# A build that is started by hand finds its source there, and nothing else.
want roles/storage.objectViewer "$(account "$BUILD_ACCOUNT")" "only below $SOURCE_PREFIX" \
  "resource.name.startsWith(\"projects/_/buckets/$OUTPUTS_BUCKET/objects/$SOURCE_PREFIX\")"
ensure_grants "bucket $OUTPUTS_BUCKET" "storage buckets" "gs://$OUTPUTS_BUCKET"
