# One topic, and one push subscription of the same name, for each file in pubsub/.
# shellcheck shell=bash disable=SC2034,SC2154
section "Pub/Sub"
names=()
for file in "$folder"/pubsub/*.yaml; do names+=("$(basename "$file" .yaml)"); done

ask gcloud pubsub topics list --format='value(name.basename())'
missing=()
for name in "${names[@]}"; do
  if has "$name" "$answer"; then same "topic $name: exists"; else missing+=("$name"); fi
done
if ((${#missing[@]} > 0)); then
  run gcloud pubsub topics create "${missing[@]}"
  for name in "${missing[@]}"; do
    fresh+=("topic $name")
    changed "topic $name: created"
  done
fi

for name in jobs jobs-candidate; do
  want roles/pubsub.publisher "$(account "$WEB_ACCOUNT")"
  want roles/pubsub.publisher "$(account "$BATCH_ACCOUNT")"
  ensure_grants "topic $name" "pubsub topics" "$name"
done
# Without these two Pub/Sub drops dead letters without a word. pubsub_agent: setup/identities.sh.
before_granting=make_pubsub_agent
want roles/pubsub.publisher "$pubsub_agent"
ensure_grants "topic jobs-dead-letter" "pubsub topics" jobs-dead-letter
# The bucket's notification is published by an account of Cloud Storage, which the first question about it brings into being.
make_storage_agent() { run gcloud storage service-agent --project="$PROJECT"; }
before_granting=make_storage_agent
want roles/pubsub.publisher "serviceAccount:service-$PROJECT_NUMBER@gs-project-accounts.iam.gserviceaccount.com"
ensure_grants "topic uploads" "pubsub topics" uploads

ask gcloud pubsub subscriptions list --format='value(name.basename())'
known=$answer
for name in "${names[@]}"; do
  render "$folder/pubsub/$name.yaml" >"$work/flags.yaml"
  if has "$name" "$known"; then
    # All flags again: an update that names some of the push settings drops the others.
    sed -i.all '/^--topic:/d' "$work/flags.yaml"
    run gcloud pubsub subscriptions update "$name" --flags-file="$work/flags.yaml"
    same "subscription $name: exists, settings applied"
  else
    run gcloud pubsub subscriptions create "$name" --flags-file="$work/flags.yaml"
    fresh+=("subscription $name")
    changed "subscription $name: created"
  fi
  if grep -q '^--dead-letter-topic:' "$work/flags.yaml"; then
    want roles/pubsub.subscriber "$pubsub_agent"
    ensure_grants "subscription $name" "pubsub subscriptions" "$name"
  fi
done

ask gcloud storage buckets notifications list "gs://$UPLOADS_BUCKET" --format=yaml
# Cloud Storage would keep a second one, and tell everything twice.
for prefix in sources/ assets/; do
  if grep -qE "object_name_prefix: $prefix\$" <<<"$answer"; then
    same "bucket $UPLOADS_BUCKET: tells topic uploads of finished uploads below $prefix"
  else
    run gcloud storage buckets notifications create "gs://$UPLOADS_BUCKET" --topic="projects/$PROJECT/topics/uploads" \
      --event-types=OBJECT_FINALIZE --object-prefix="$prefix" --payload-format=json --skip-topic-setup
    changed "bucket $UPLOADS_BUCKET: tells topic uploads of finished uploads below $prefix from now on"
  fi
done
