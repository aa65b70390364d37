# The keys that sign access tokens: one secret, each version KID:SECRET. The newest enabled one signs, the one before is accepted, too;
# so two are there from the start. rotate-keys.sh adds more.
# shellcheck shell=bash disable=SC2034,SC2154
section "Secrets"
# shellcheck source=../new-key.sh
source "$folder/new-key.sh"
ask gcloud secrets list --format='value(name.basename())'
if has "$JWT_KEY_SECRET" "$answer"; then
  same "secret $JWT_KEY_SECRET: exists"
  ask gcloud secrets versions list "$JWT_KEY_SECRET" --filter=state=ENABLED --format='value(name.basename())'
  versions=$(grep -c . <<<"$answer" || true)
else
  run gcloud secrets create "$JWT_KEY_SECRET" --replication-policy=user-managed --locations="$REGION"
  fresh+=("secret $JWT_KEY_SECRET")
  changed "secret $JWT_KEY_SECRET: created"
  versions=0
fi
if ((versions >= 2)); then
  same "secret $JWT_KEY_SECRET: $versions enabled versions exist"
fi
for ((; versions < 2; versions++)); do
  add_key
  changed "secret $JWT_KEY_SECRET: version with a new key added"
done
# The pipeline looks for the numbers of the newest versions. It never sees a key.
want roles/secretmanager.secretAccessor "$(account "$WEB_ACCOUNT")"
want roles/secretmanager.viewer "$(account "$BUILD_ACCOUNT")"
ensure_grants "secret $JWT_KEY_SECRET" secrets "$JWT_KEY_SECRET"
