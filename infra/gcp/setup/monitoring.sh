# Sourced by ../setup.sh: what ../monitoring says, in Cloud Logging and Cloud Monitoring. ALERT_EMAIL is who hears of alerts.
#
# Each resource carries the checksum of the file that it was made of, so that only files that have changed are sent again. What
# somebody changed in the console stays until the file changes.
# shellcheck shell=bash disable=SC2034,SC2154
# DIGEST, UPTIME_CHECK_ID and NOTIFICATION_CHANNELS are read by render.
# shellcheck disable=SC2034

monitoring=$(cd "$(dirname "${BASH_SOURCE[0]}")/../monitoring" && pwd)
CHANNEL_NAME='Reelway: alerts'
UPTIME_NAME='Reelway: web is ready'
# Cloud Monitoring may know a new log-based metric only after ten minutes, as it says itself when a policy asks for it earlier.
METRIC_PATIENCE_SECONDS=660
: "${METRIC_RETRY_SECONDS:=15}"

ensure_metrics() {
  local have file name filled
  have=$(gcloud logging metrics list --format='value(name,description)')
  for file in "$monitoring"/metrics/*.yaml; do
    name=$(name_in "$file" name)
    fill "$file"
    if ! grep -q "^${name}[[:space:]]" <<<"$have"; then
      gcloud logging metrics create "$name" --config-from-file=<(printf '%s\n' "$filled") >/dev/null
      changed "log-based metric $name: created"
    elif ! grep -q "^${name}[[:space:]].*Digest $DIGEST\\.\$" <<<"$have"; then
      gcloud logging metrics update "$name" --config-from-file=<(printf '%s\n' "$filled") >/dev/null
      changed "log-based metric $name: updated"
    else
      unchanged "log-based metric $name"
    fi
  done
}

# Sets NOTIFICATION_CHANNELS: [] unless there is a channel of ours.
ensure_channel() {
  local have id email
  have=$(gcloud beta monitoring channels list --filter="displayName=\"$CHANNEL_NAME\"" \
    --format='value(name,labels.email_address)' --limit=1)
  read -r id email <<<"$have" || true
  if [[ -z $have && -z ${ALERT_EMAIL:-} ]]; then
    NOTIFICATION_CHANNELS='[]'
    echo 'Nobody hears of alerts: run this again with ALERT_EMAIL=you@example.com, or add channels in the console.' >&2
    return
  fi
  if [[ -z $have ]]; then
    id=$(gcloud beta monitoring channels create --type=email --display-name="$CHANNEL_NAME" \
      --channel-labels="email_address=$ALERT_EMAIL" --format='value(name)')
    changed "notification channel $ALERT_EMAIL: created"
  elif [[ -n ${ALERT_EMAIL:-} && $ALERT_EMAIL != "$email" ]]; then
    gcloud beta monitoring channels update "$id" --update-channel-labels="email_address=$ALERT_EMAIL" >/dev/null
    changed "notification channel $email: is now $ALERT_EMAIL"
  else
    unchanged "notification channel $email"
  fi
  NOTIFICATION_CHANNELS="[\"$id\"]"
}

# Sets UPTIME_CHECK_ID. Its protocol and address cannot be changed once it is there.
ensure_uptime_check() {
  local have id digest flags
  flags=(--path=/ready --period=1 --timeout=10 --validate-ssl=true)
  DIGEST=$(cksum <<<"${flags[*]} 200" | cut -d ' ' -f 1)
  have=$(gcloud monitoring uptime list-configs --filter="displayName=\"$UPTIME_NAME\"" \
    --format='value(name,userLabels.digest)' --limit=1)
  read -r id digest <<<"$have" || true
  if [[ -z $have ]]; then
    id=$(gcloud monitoring uptime create "$UPTIME_NAME" --resource-type=uptime-url \
      --resource-labels="host=${WEB_URL#https://},project_id=$PROJECT" --protocol=https --port=443 "${flags[@]}" \
      --status-codes=200 --user-labels="digest=$DIGEST" --format='value(name)')
    changed "uptime check: created"
  elif [[ $digest != "$DIGEST" ]]; then
    gcloud monitoring uptime update "$id" "${flags[@]}" --set-status-codes=200 --update-user-labels="digest=$DIGEST" >/dev/null
    changed "uptime check: updated"
  else
    unchanged "uptime check"
  fi
  UPTIME_CHECK_ID=${id##*/}
}

ensure_policies() {
  local have file name id filled
  local fields=display_name,documentation,user_labels,severity,combiner,conditions,alert_strategy
  # Without a channel of ours, those that somebody added by hand stay.
  [[ $NOTIFICATION_CHANNELS == '[]' ]] || fields+=,notification_channels
  have=$(gcloud alpha monitoring policies list --format='value[separator="|"](displayName,name,userLabels.digest)')
  for file in "$monitoring"/alerts/*.yaml; do
    name=$(name_in "$file" displayName)
    fill "$file"
    id=$(sed -n "s/^$name|\\([^|]*\\)|.*/\\1/p" <<<"$have" | head -n 1)
    if [[ -z $id ]]; then
      once_known gcloud alpha monitoring policies create --policy="$filled"
      changed "alert \"$name\": created"
    elif ! grep -q "^$name|.*|$DIGEST\$" <<<"$have"; then
      once_known gcloud alpha monitoring policies update "$id" --policy="$filled" --fields="$fields"
      changed "alert \"$name\": updated"
    else
      unchanged "alert \"$name\""
    fi
  done
}

ensure_dashboard() {
  local have id etag digest filled
  fill "$monitoring/dashboard.json"
  have=$(gcloud monitoring dashboards list --filter='displayName="Reelway"' --format='value(name,etag,labels.digest)' --limit=1)
  read -r id etag digest <<<"$have" || true
  if [[ -z $have ]]; then
    gcloud monitoring dashboards create --config="$filled" >/dev/null
    changed "dashboard: created"
  elif [[ $digest != "$DIGEST" ]]; then
    gcloud monitoring dashboards update "$id" --config="{\"etag\": \"$etag\",${filled#\{}" >/dev/null
    changed "dashboard: updated"
  else
    unchanged "dashboard"
  fi
}

# name_in FILE KEY: the value of a top-level key, without quotation marks.
name_in() {
  sed -n "s/^$2: *\"\\{0,1\\}\\([^\"]*\\)\"\\{0,1\\}\$/\\1/p" "$1"
}

# fill FILE: sets "filled" to the rendered file, and DIGEST to its checksum, which the file carries itself.
fill() {
  DIGEST=
  DIGEST=$(render "$1" | cksum | cut -d ' ' -f 1)
  filled=$(render "$1")
}

# once_known COMMAND...: runs it, again and again while Cloud Monitoring does not know a metric that was made a moment ago.
once_known() {
  local message until=$((SECONDS + METRIC_PATIENCE_SECONDS))
  until message=$("$@" 2>&1); do
    if [[ $message != *'Cannot find metric'* ]] || ((SECONDS >= until)); then
      echo "$message" >&2
      return 1
    fi
    echo 'Cloud Monitoring does not know a new metric yet, which may take ten minutes: waiting.'
    sleep "$METRIC_RETRY_SECONDS"
  done
}

ensure_metrics
ensure_channel
ensure_uptime_check
ensure_policies
ensure_dashboard
