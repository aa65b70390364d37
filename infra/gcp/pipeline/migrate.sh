#!/usr/bin/env bash
# Step "migrate": brings the database up to date with the code that is about to be deployed, by the Cloud Run job, and waits for it. The
# code that runs now goes on with the new schema: migrations only expand it (test/integration/db/expand-only.test.ts).
set -euo pipefail
: "${PROJECT:?}" "${REGION:?}" "${PROJECT_NUMBER:?}" "${COMMIT:?}" "${RELEASE:?}"
# shellcheck source=../place.sh
source "$(dirname "${BASH_SOURCE[0]}")/../place.sh"
# shellcheck source=../render.sh
source "$gcp/render.sh"

export WEB_IMAGE
WEB_IMAGE=$(cat "$RELEASE/web.image")
render "$gcp/run/migrate.yaml" >"$RELEASE/migrate.yaml"
gcloud run jobs replace "$RELEASE/migrate.yaml" --region="$REGION" --quiet
if ! gcloud run jobs execute "$MIGRATE_JOB" --region="$REGION" --wait --quiet; then
  echo "migrate: the migration failed; the reason is in the job's log:" >&2
  echo "  gcloud logging read 'resource.type=cloud_run_job AND resource.labels.job_name=$MIGRATE_JOB' --project=$PROJECT --limit=20" >&2
  echo "migrate: a migration that fails leaves nothing behind, and nothing was deployed: correct it and push again." >&2
  exit 1
fi
echo "migrate: the database is up to date"
