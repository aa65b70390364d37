# What set-up, teardown and the operator's scripts are made of. Sourced; the script has set PROJECT and REGION.
# shellcheck shell=bash

# Before 4.4, an empty array is "not set". The bash of macOS is 3.2.
if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then
  echo "$(basename "$0") needs bash 4.4 or newer, and this is $BASH_VERSION (macOS: brew install bash)" >&2
  exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
changes=()
answer=

# Every gcloud below is about this project, whatever the user's own configuration says, and never asks anything.
export PROJECT REGION CLOUDSDK_CORE_PROJECT=$PROJECT CLOUDSDK_CORE_DISABLE_PROMPTS=1 CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK=true

# The only wordings that mean "surely not there". A refusal (403) or a dead network must never be taken for that.
# shellcheck disable=SC2034
NOT_FOUND="NOT_FOUND: |notFound: |HTTPError 404: |not found: 404|Cannot find (service|job|revision|execution) \["
# What is true of new accounts and APIs for a minute or two, until all of Google has heard of them.
NOT_YET='[Ss]ervice account [^ ]* does not exist|Unknown service account|does not have permission to (publish messages|it)|not have (the )?(required|necessary) permissions for the bucket|has not been used in project|[Pp]ermission iam.serviceAccounts.actAs denied on resource .*or it may not exist'
# Somebody else changed the policy between our reading and our writing it.
# shellcheck disable=SC2034
CHANGED_MEANWHILE='concurrent policy changes|ABORTED|conditionNotMet|HTTPError 412'
SECONDS_TO_WAIT=${SECONDS_TO_WAIT:-10}

section() { printf '\n%s\n' "$1"; }
same() { printf '  %s\n' "$1"; }
changed() {
  printf '  %s\n' "$1"
  changes+=("$1")
}

# usage_error LINE...: for what can be seen before anything is asked or done
usage_error() {
  printf '%s\n' "$@" >&2
  exit 2
}

# look COMMAND...: 0 when the thing is there, with what the command says in $answer; 1 when it is surely not there. Anything else
# stops the script.
look() {
  if answer=$("$@" 2>"$work/error"); then return 0; fi
  if grep -qE "$NOT_FOUND" "$work/error"; then return 1; fi
  explain "cannot tell whether it exists: $*"
  exit 3
}

# exists COMMAND...: like look, for when nothing but that matters
exists() { look "$@" --format=none; }

# ask COMMAND...: what a reading command says, in $answer. When it fails, the script stops: nothing is ever concluded from that.
ask() {
  local tries
  for ((tries = 0; tries < 7; tries++)); do
    if answer=$("$@" 2>"$work/error"); then return 0; fi
    grep -qE "$NOT_YET" "$work/error" || break
    sleep "$SECONDS_TO_WAIT"
  done
  explain "cannot find out: $*"
  exit 3
}

# run COMMAND...: does something, waiting a little where Google needs it; stops the script when it fails
run() {
  local tries
  for ((tries = 0; tries < 7; tries++)); do
    if "$@" >"$work/output" 2>"$work/error"; then return 0; fi
    grep -qE "$NOT_YET" "$work/error" || break
    sleep "$SECONDS_TO_WAIT"
  done
  explain "failed: $*"
  exit 1
}

# has LINE TEXT: is LINE one of the lines of TEXT?
has() { grep -qxF -- "$1" <<<"$2"; }

# explain WHAT: what gcloud said, and what to do about it
explain() {
  printf '\n%s\n' "$(basename "$0"): $1" >&2
  sed 's/^/    /' "$work/error" >&2
  local advice
  advice=$(advise)
  [[ -z $advice ]] || printf '%s\n' "$advice" >&2
  echo "Run the same command again when that is put right: it goes on where it stopped." >&2
}

advise() {
  local error
  error=$(<"$work/error")
  case $error in
    *"gcloud auth login"* | *UNAUTHENTICATED* | *"active account"* | *Reauthentication*)
      echo "You are not logged in (any more). Run: gcloud auth login"
      ;;
    *[Bb]illing* | *BILLING*)
      echo "Project $PROJECT has no billing account. See yours with: gcloud billing accounts list"
      echo "Then run: gcloud billing projects link $PROJECT --billing-account=ACCOUNT_ID"
      ;;
    *"has not been used in project"* | *SERVICE_DISABLED*)
      echo "That API is not enabled in $PROJECT yet, or Google has not noticed it everywhere: wait a few minutes."
      ;;
    *"ocation $REGION is"* | *"ocation: $REGION"* | *"on 'locations/$REGION'"* | *"locations/$REGION"*"not found"* | *"regions/$REGION"*"not found"* | *"egion $REGION"*"not"* | *"unavailable region"*)
      echo "Is $REGION a region of Google Cloud that has all that is needed? See them with: gcloud artifacts locations list"
      ;;
    *PERMISSION_DENIED* | *"does not have permission"* | *"HTTPError 403"* | *"forbidden"* | *"ermission "*denied*)
      echo "Your account may not do this in project $PROJECT (or there is no such project). See who you are with: gcloud auth list"
      echo "Whoever runs this needs the role Owner (roles/owner) on the project."
      ;;
    *"components install"* | *"Invalid choice"*)
      echo "Your gcloud lacks a command. Run: gcloud components update && gcloud components install alpha beta"
      ;;
    *QUOTA* | *uota*exceeded*) echo "A quota of project $PROJECT is used up: ask for more at https://console.cloud.google.com/iam-admin/quotas" ;;
    *"Max retries"* | *"Unable to find the server"* | *"resolve"* | *roxyError* | *"onnection "*) echo "Google Cloud cannot be reached from here: check the network." ;;
  esac
}

# check_place: is what PROJECT and REGION say possible, and can we find out about the project? Sets PROJECT_NUMBER.
check_place() {
  command -v gcloud >/dev/null || usage_error "gcloud is missing: install it from https://cloud.google.com/sdk/docs/install"
  [[ $PROJECT =~ ^[a-z][a-z0-9-]{4,28}[a-z0-9]$ ]] ||
    usage_error "\"$PROJECT\" cannot be the id of a project (not its name, and not its number). See yours with: gcloud projects list"
  [[ $REGION =~ ^[a-z]+-[a-z]+[0-9]+$ ]] ||
    usage_error "\"$REGION\" cannot be a region: one looks like europe-west1 (europe-west1-b is a zone). See them with: gcloud artifacts locations list"
  ask gcloud projects describe "$PROJECT" --format='value(projectNumber)'
  export PROJECT_NUMBER=$answer
}
