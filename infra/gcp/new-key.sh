# Sourced after ensure.sh.
# shellcheck shell=bash disable=SC2034,SC2154

# add_key: a new version of the secret of the JWT keys. The key is made of 32 random bytes and goes from one process into the other: it
# is never in a file, on a command line, or on the screen.
add_key() {
  if ! new_key | gcloud secrets versions add "$JWT_KEY_SECRET" --data-file=- >"$work/output" 2>"$work/error"; then
    explain "failed to add a key to secret $JWT_KEY_SECRET"
    exit 1
  fi
}

# KID:SECRET. The key's id is the day, and random letters: two keys may be made on one day.
new_key() {
  {
    printf '%s-' "$(date -u +%Y%m%d)"
    head -c 4 /dev/urandom | od -An -tx1
    printf ':'
    head -c 32 /dev/urandom | base64
  } | tr -d ' \n'
}
