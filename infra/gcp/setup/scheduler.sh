# shellcheck shell=bash disable=SC2034,SC2154
section "Scheduler"
# No retries: the next minute is one. 180 s: the reaper of a busy minute takes seconds, and two at once do no harm.
flags=(
  --location="$REGION" --schedule='* * * * *' --time-zone=Etc/UTC --uri="$BATCH_URL/jobs/reap" --http-method=POST
  --oidc-service-account-email="$SCHEDULER_ACCOUNT@$ACCOUNT_DOMAIN" --oidc-token-audience="$PUSH_AUDIENCE"
  --attempt-deadline=180s --max-retry-attempts=0
)
if look gcloud scheduler jobs update http "$SCHEDULER_JOB" "${flags[@]}"; then
  same "scheduler job $SCHEDULER_JOB: exists, settings applied"
else
  run gcloud scheduler jobs create http "$SCHEDULER_JOB" "${flags[@]}"
  changed "scheduler job $SCHEDULER_JOB: created"
fi
