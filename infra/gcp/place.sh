# Where everything of one deployment is. Sourced after PROJECT and REGION are set; asks for the project's number if it is not known.
# shellcheck shell=bash
# The names are used by the scripts that source this one.
# shellcheck disable=SC2034
gcp=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
set -a
# shellcheck source=names.env
source "$gcp/names.env"
: "${PROJECT_NUMBER:=$(gcloud projects describe "$PROJECT" --format='value(projectNumber)')}"

UPLOADS_BUCKET=$PROJECT-reelway-uploads
OUTPUTS_BUCKET=$PROJECT-reelway-outputs
IMAGES=$REGION-docker.pkg.dev/$PROJECT/$REPOSITORY
INSTANCE_CONNECTION_NAME=$PROJECT:$REGION:$DATABASE_INSTANCE

# Cloud Run's deterministic URLs: known before the first deployment.
# https://cloud.google.com/run/docs/triggering/https-request#deterministic
WEB_URL=https://$WEB_SERVICE-$PROJECT_NUMBER.$REGION.run.app
BATCH_URL=https://$BATCH_SERVICE-$PROJECT_NUMBER.$REGION.run.app
CANDIDATE_WEB_HOST=$CANDIDATE_TAG---$WEB_SERVICE-$PROJECT_NUMBER.$REGION.run.app
CANDIDATE_WEB_URL=https://$CANDIDATE_WEB_HOST
CANDIDATE_BATCH_URL=https://$CANDIDATE_TAG---$BATCH_SERVICE-$PROJECT_NUMBER.$REGION.run.app

ACCOUNT_DOMAIN=$PROJECT.iam.gserviceaccount.com
set +a
