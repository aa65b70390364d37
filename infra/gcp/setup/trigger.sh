# Cloud Build deploys every commit on main. Connecting a repository needs the consent of its owner in a browser, once, so it is the one
# thing that set-up cannot do. REPO=owner/name says which repository of the connection CONNECTION (github unless said otherwise) it is;
# REPOSITORY_RESOURCE=projects/.../repositories/... names one that Cloud Build knows already.
# shellcheck shell=bash disable=SC2034,SC2154
section "Build trigger"
builder=projects/$PROJECT/serviceAccounts/$BUILD_ACCOUNT@$ACCOUNT_DOMAIN
connection=${CONNECTION:-github}
repository=${REPOSITORY_RESOURCE:-}

# substitutions: those that cloudbuild.yaml declares and that have a name of ours, like _REGION=europe-west1,...
substitutions() {
  local name value list=
  while read -r name; do
    value=${name#_}
    [[ -z ${!value+set} ]] || list+=${list:+,}$name=${!value}
  done < <(awk '/^[^ #]/ { inside = /^substitutions:/ } inside && /^  _[A-Z_]+:/ { sub(/:.*/, ""); print $1 }' "$folder/../../cloudbuild.yaml")
  printf '%s' "$list"
}

if exists gcloud builds triggers describe "$BUILD_TRIGGER" --region="$REGION"; then
  same "trigger $BUILD_TRIGGER: exists"
  next_steps+=("  Deploy: push to main, or run: gcloud builds triggers run $BUILD_TRIGGER --project=$PROJECT --region=$REGION --branch=main")
else
  if [[ -z $repository && -n ${REPO:-} ]]; then
    if exists gcloud builds connections describe "$connection" --region="$REGION"; then
      name=${REPO//\//-}
      repository=projects/$PROJECT/locations/$REGION/connections/$connection/repositories/$name
      if exists gcloud builds repositories describe "$name" --connection="$connection" --region="$REGION"; then
        same "repository $name of connection $connection: exists"
      else
        run gcloud builds repositories create "$name" --connection="$connection" --region="$REGION" \
          --remote-uri="https://github.com/$REPO.git"
        changed "repository $name of connection $connection: created"
      fi
    else
      same "connection $connection: does not exist yet"
    fi
  fi
  if [[ -n $repository ]]; then
    flags=(--name="$BUILD_TRIGGER" --region="$REGION" --repository="$repository" --branch-pattern='^main$' --build-config=cloudbuild.yaml
      --service-account="$builder" --description="Deploys Reelway")
    values=$(substitutions)
    [[ -z $values ]] || flags+=(--substitutions="$values")
    run gcloud builds triggers create github "${flags[@]}"
    changed "trigger $BUILD_TRIGGER: created"
    next_steps+=("  Deploy: push to main, or run: gcloud builds triggers run $BUILD_TRIGGER --project=$PROJECT --region=$REGION --branch=main")
  else
    same "trigger $BUILD_TRIGGER: not created, because no repository is connected (see below)"
    next_steps+=(
      "  Connect the repository, so that every commit on main is deployed (once; it shows a link for the repository's owner):"
      "    gcloud builds connections create github $connection --project=$PROJECT --region=$REGION"
      "    REPO=OWNER/NAME $0 $PROJECT $REGION"
      "  Or deploy what lies here:"
      "    $folder/deploy.sh $PROJECT $REGION"
    )
  fi
fi
