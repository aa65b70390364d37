#!/usr/bin/env bash
# Steps "build-web" and "build-batch": build-image.sh SERVICE builds that image with BuildKit, pushes it, and writes its address by digest to
# $RELEASE/SERVICE.image. The layers of all stages are kept in the registry, under one name an image, for the next build.
set -euo pipefail
service=$1
: "${PROJECT:?}" "${REGION:?}" "${PROJECT_NUMBER:?}" "${COMMIT:?}" "${RELEASE:?}"
# shellcheck source=../place.sh
source "$(dirname "${BASH_SOURCE[0]}")/../place.sh"

# Docker's own driver cannot write a cache of all stages: https://docs.docker.com/build/cache/backends/registry/
docker buildx create --name "$service" --driver docker-container --driver-opt "image=${BUILDKIT_IMAGE:?}" >/dev/null

image=$IMAGES/$service
docker buildx build . \
  --builder "$service" \
  --file "services/$service/Dockerfile" \
  --platform linux/amd64 \
  --build-arg "COMMIT=$COMMIT" \
  --provenance false \
  --cache-from "type=registry,ref=$image-cache:latest" \
  --cache-to "type=registry,ref=$image-cache:latest,mode=max" \
  --tag "$image:$COMMIT" \
  --push \
  --metadata-file "$RELEASE/$service.json" \
  --progress plain

digest=$(sed -n 's/.*"containerimage.digest": *"\(sha256:[0-9a-f]*\)".*/\1/p' "$RELEASE/$service.json")
if [[ ! $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo "build-image: docker buildx named no digest of $image:$COMMIT" >&2
  exit 1
fi
printf '%s\n' "$image@$digest" >"$RELEASE/$service.image"
echo "build-image: $image@$digest"
