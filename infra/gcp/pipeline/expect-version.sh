#!/usr/bin/env bash
# expect-version.sh URL COMMIT [TOKEN]: waits until URL/ready answers and URL/version names COMMIT. For two minutes at most: a new tag, a new
# policy and a change of traffic take a while to be known everywhere.
set -euo pipefail
url=$1 commit=$2 token=${3:-}
tries=24 pause_seconds=5

ask() {
  # The token goes by standard input: arguments of programs can be seen by others.
  local headers=()
  if [[ -n $token ]]; then headers=(--header @-); fi
  curl --silent --show-error --fail-with-body --max-time 20 "${headers[@]}" "$url$1" 2>&1 <<<"authorization: Bearer $token"
}

for ((try = 1; try <= tries; try++)); do
  if answer=$(ask /ready) && answer=$(ask /version) && [[ $answer == *"\"commit\":\"$commit\""* ]]; then
    echo "version: $url is ready and runs $commit"
    exit 0
  fi
  if ((try < tries)); then sleep "$pause_seconds"; fi
done
echo "version: $url should run $commit, but its last answer was: $answer" >&2
exit 1
