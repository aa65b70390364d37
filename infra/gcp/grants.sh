# Who may do what on which resource. Sourced after ensure.sh.
# shellcheck shell=bash disable=SC2034,SC2154

wanted=()
before_granting=
# What was made by this run: nobody has been granted anything on it yet, so that its policy need not be read.
fresh=()

# account ID: the member that a service account of ours is in policies
account() { printf 'serviceAccount:%s@%s' "$1" "$ACCOUNT_DOMAIN"; }

# want ROLE MEMBER [TITLE CONDITION]: for the next ensure_grants
want() { wanted+=("$1"$'\t'"$2"$'\t'"${3-}"$'\t'"${4-}"); }

# ensure_grants WHAT GROUP RESOURCE [FLAG...]: adds what is wanted and missing to the policy of a resource, in one writing, and takes
# nothing away. GROUP is the gcloud group that has get-iam-policy and set-iam-policy. One reading and at most one writing are half
# the calls of add-iam-policy-binding, which writes even when there is nothing to add. The policy's etag is in what is written: if
# somebody else has changed it since, Google refuses, and we start over. $before_granting is run before anything is written.
# WHAT is looked for in $fresh.
ensure_grants() {
  local what=$1 resource=$3 tries grant role member title
  local -a group missing
  read -ra group <<<"$2"
  shift 3
  for ((tries = 0; tries < 7; tries++)); do
    if ((tries == 0)) && is_fresh "$what"; then
      answer=
    else
      ask gcloud "${group[@]}" get-iam-policy "$resource" "$@" --format=yaml
    fi
    printf '%s\n' "$answer" >"$work/policy"
    list_grants "$work/policy" >"$work/granted"
    missing=()
    for grant in "${wanted[@]}"; do
      IFS=$'\t' read -r role member title _ <<<"$grant"
      grep -qxF -- "$role $member $title" "$work/granted" || missing+=("$grant")
    done
    if ((${#missing[@]} == 0)); then
      same "$what: grants exist"
      wanted=() before_granting=
      return
    fi
    [[ -z $before_granting ]] || "$before_granting"
    before_granting=
    add_grants "$work/policy" "${missing[@]}" >"$work/policy.yaml"
    if gcloud "${group[@]}" set-iam-policy "$resource" "$work/policy.yaml" "$@" --format=none 2>"$work/error" >/dev/null; then
      for grant in "${missing[@]}"; do
        IFS=$'\t' read -r role member title _ <<<"$grant"
        changed "$what: granted $role to ${member#*:}${title:+ ($title)}"
      done
      wanted=()
      return
    fi
    grep -qE "$NOT_YET|$CHANGED_MEANWHILE" "$work/error" || break
    sleep "$SECONDS_TO_WAIT"
  done
  explain "failed to grant on: $what"
  exit 1
}

is_fresh() {
  local one
  for one in "${fresh[@]}"; do if [[ $one == "$1" ]]; then return 0; fi; done
  return 1
}

# list_grants FILE: a line "ROLE MEMBER TITLE" for each member of each binding of a policy as gcloud prints it
list_grants() {
  awk '
    function flush(  i) { for (i = 1; i <= count; i++) print role " " members[i] " " title; count = 0; role = title = "" }
    /^[^ -]/ { flush(); inside = ($0 == "bindings:"); next }
    !inside { next }
    /^- / { flush(); sub(/^- /, "  ") }
    /^  role: / { role = $2 }
    /^  - / { members[++count] = $2 }
    /^    title: / { sub(/^    title: /, ""); title = $0 }
    END { flush() }
  ' "$1"
}

# add_grants FILE GRANT...: the policy with these in it, too. A policy with conditions has version 3.
add_grants() {
  local file=$1 grant role member title expression conditional=false
  shift
  grep -q '^- condition:' "$file" && conditional=true
  echo 'bindings:'
  for grant in "$@"; do
    IFS=$'\t' read -r role member title expression <<<"$grant"
    printf -- '- role: %s\n  members:\n  - %s\n' "$role" "$member"
    [[ -n $title ]] || continue
    printf "  condition:\n    title: %s\n    expression: '%s'\n" "$title" "$expression"
    conditional=true
  done
  if $conditional; then
    grep -vE '^(bindings:.*|version:.*)$' "$file"
    echo 'version: 3'
  else
    grep -vE '^bindings:.*$' "$file" || true
  fi
}
