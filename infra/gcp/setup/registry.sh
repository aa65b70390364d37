# shellcheck shell=bash disable=SC2034,SC2154
section "Images"
ask gcloud artifacts repositories list --location="$REGION" --format='value(name.basename())'
if has "$REPOSITORY" "$answer"; then
  same "image repository $REPOSITORY: exists"
else
  run gcloud artifacts repositories create "$REPOSITORY" --location="$REGION" --repository-format=docker \
    --description="Reelway's images"
  fresh+=("image repository $REPOSITORY")
  changed "image repository $REPOSITORY: created"
fi
# Old images cost storage. The newest of each kind stay whatever their age: a rollback needs them, and so does a service that nobody
# has deployed for months.
run gcloud artifacts repositories set-cleanup-policies "$REPOSITORY" --location="$REGION" --no-dry-run \
  --policy="$folder/setup/registry-cleanup.json"
same "image repository $REPOSITORY: clean-up policy applied"
