# What ../monitoring says, in Cloud Logging and Cloud Monitoring. ALERT_EMAIL is who hears of alerts.
#
# Each resource carries the checksum of the file that it was made of, so that only files that have changed are sent again. What
# somebody changed in the console stays until the file changes.
# shellcheck shell=bash disable=SC2034,SC2154
# (DIGEST, UPTIME_CHECK_ID and NOTIFICATION_CHANNELS are read by render; answer, work and next_steps are ../ensure.sh's and setup.sh's.)
section "Monitoring"

monitoring=$(cd "$(dirname "${BASH_SOURCE[0]}")/../monitoring" && pwd)
CHANNEL_NAME='Reelway: alerts'
UPTIME_NAME='Reelway: web is ready'
# Cloud Monitoring may know a new log-based metric only after ten minutes, as it says itself when a policy asks for it earlier.
METRIC_PATIENCE_SECONDS=660

ensure_metrics() {
  local file name known description
  ask gcloud logging metrics list --format='value[separator="|"](name,description)'
  for file in "$monitoring"/metrics/*.yaml; do
    name=$(name_in "$file" name)
    fill "$file"
    IFS='|' read -r known description < <(line_of "$name") || true
    if [[ -z $known ]]; then
      run gcloud logging metrics create "$name" --config-from-file="$work/filled"
      changed "log-based metric $name: created"
    elif [[ $description != *" $DIGEST." ]]; then
      run gcloud logging metrics update "$name" --config-from-file="$work/filled"
      changed "log-based metric $name: updated"
    else
      same "log-based metric $name: exists"
    fi
  done
}

# Sets NOTIFICATION_CHANNELS: [] unless there is a channel of ours.
ensure_channel() {
  local id email
  ask gcloud beta monitoring channels list --format='value[separator="|"](displayName,name,labels.email_address)'
  IFS='|' read -r _ id email < <(line_of "$CHANNEL_NAME") || true
  if [[ -z $id && -z ${ALERT_EMAIL:-} ]]; then
    NOTIFICATION_CHANNELS='[]'
    same "notification channel: none, because ALERT_EMAIL is not given"
    next_steps+=("  Alerts reach nobody yet: ALERT_EMAIL=you@example.com $0 $PROJECT $REGION")
    return
  fi
  if [[ -z $id ]]; then
    run gcloud beta monitoring channels create --type=email --display-name="$CHANNEL_NAME" \
      --channel-labels="email_address=$ALERT_EMAIL" --format='value(name)'
    id=$(<"$work/output")
    changed "notification channel $ALERT_EMAIL: created"
  elif [[ -n ${ALERT_EMAIL:-} && $ALERT_EMAIL != "$email" ]]; then
    run gcloud beta monitoring channels update "$id" --update-channel-labels="email_address=$ALERT_EMAIL"
    changed "notification channel $email: is $ALERT_EMAIL now"
  else
    same "notification channel $email: exists"
  fi
  NOTIFICATION_CHANNELS="[\"$id\"]"
}

# Sets UPTIME_CHECK_ID. The protocol and the address of a check cannot be changed once it is there. From three places, the fewest that
# there can be; gcloud 528 forgets the labels where no regions are given.
ensure_uptime_check() {
  local id digest flags=(--path=/ready --period=1 --timeout=10 --validate-ssl=true) regions=europe,usa-iowa,asia-pacific
  DIGEST=$(cksum <<<"${flags[*]} $regions" | cut -d ' ' -f 1)
  ask gcloud monitoring uptime list-configs --format='value[separator="|"](displayName,name,userLabels.digest)'
  IFS='|' read -r _ id digest < <(line_of "$UPTIME_NAME") || true
  if [[ -z $id ]]; then
    run gcloud monitoring uptime create "$UPTIME_NAME" --resource-type=uptime-url \
      --resource-labels="host=${WEB_URL#https://},project_id=$PROJECT" --protocol=https --port=443 "${flags[@]}" \
      --status-codes=200 --regions="$regions" --user-labels="digest=$DIGEST" --format='value(name)'
    id=$(<"$work/output")
    changed "uptime check of web: created"
  elif [[ $digest != "$DIGEST" ]]; then
    run gcloud monitoring uptime update "$id" "${flags[@]}" --set-status-codes=200 --set-regions="$regions" \
      --update-user-labels="digest=$DIGEST"
    changed "uptime check of web: updated"
  else
    same "uptime check of web: exists"
  fi
  UPTIME_CHECK_ID=${id##*/}
}

ensure_policies() {
  local file name id digest channels
  ask gcloud alpha monitoring policies list \
    --format='value[separator="|"](displayName,name,userLabels.digest,notificationChannels.list(separator=","))'
  for file in "$monitoring"/alerts/*.yaml; do
    name=$(name_in "$file" displayName)
    fill "$file"
    IFS='|' read -r _ id digest channels < <(line_of "$name") || true
    if [[ -z $id ]]; then
      once_known gcloud alpha monitoring policies create --policy-from-file="$work/filled"
      changed "alert \"$name\": created"
    elif [[ $digest != "$DIGEST" ]]; then
      # An update replaces all of a policy: without a channel of ours, those stay that somebody added by hand.
      [[ $NOTIFICATION_CHANNELS != '[]' ]] || NOTIFICATION_CHANNELS="[$channels]" render "$file" >"$work/filled"
      once_known gcloud alpha monitoring policies update "$id" --policy-from-file="$work/filled"
      changed "alert \"$name\": updated"
    else
      same "alert \"$name\": exists"
    fi
  done
}

ensure_dashboard() {
  local id etag digest
  fill "$monitoring/dashboard.json"
  ask gcloud monitoring dashboards list --format='value[separator="|"](displayName,name,etag,labels.digest)'
  IFS='|' read -r _ id etag digest < <(line_of Reelway) || true
  if [[ -z $id ]]; then
    run gcloud monitoring dashboards create --config-from-file="$work/filled"
    changed "dashboard: created"
  elif [[ $digest != "$DIGEST" ]]; then
    # So that the service sees whether somebody changed it between our look and our change.
    sed "1s/{/{\"etag\": \"$etag\",/" "$work/filled" >"$work/filled-etag"
    run gcloud monitoring dashboards update "$id" --config-from-file="$work/filled-etag"
    changed "dashboard: updated"
  else
    same "dashboard: exists"
  fi
}

# line_of NAME: the line of $answer that begins with NAME, up to its first separator. Lists are searched here, because the filters of
# Cloud Monitoring's lists are its own, and no two of them alike.
line_of() {
  awk -F '|' -v name="$1" '$1 == name { print; exit }' <<<"$answer"
}

# name_in FILE KEY: the value of a top-level key, without quotation marks.
name_in() {
  sed -n "s/^$2: *\"\\{0,1\\}\\([^\"]*\\)\"\\{0,1\\}\$/\\1/p" "$1"
}

# fill FILE: renders the file to $work/filled, and sets DIGEST to its checksum, which the file carries itself
fill() {
  DIGEST=
  DIGEST=$(render "$1" | cksum | cut -d ' ' -f 1)
  render "$1" >"$work/filled"
}

# once_known COMMAND...: runs it, again and again while Cloud Monitoring does not know a metric that was made a moment ago
once_known() {
  local until=$((SECONDS + METRIC_PATIENCE_SECONDS)) told=
  until "$@" >"$work/output" 2>"$work/error"; do
    if ! grep -q 'Cannot find metric' "$work/error" || ((SECONDS >= until)); then
      explain "failed: $*"
      exit 1
    fi
    [[ -n $told ]] || echo "  Cloud Monitoring does not know a new metric yet, which may take ten minutes: waiting ..."
    told=yes
    sleep "$SECONDS_TO_WAIT"
  done
}

ensure_metrics
ensure_channel
ensure_uptime_check
ensure_policies
ensure_dashboard
