# The database has no public address. Cloud Run's instances get addresses in our subnetwork (Direct VPC egress) and reach it over a
# peering with Google's network (private services access).
# shellcheck shell=bash disable=SC2034,SC2154
section "Network"
services_range=$NETWORK-services
ask gcloud compute networks subnets list --regions="$REGION" --filter="name=$SUBNETWORK" --format='value(name)'
if has "$SUBNETWORK" "$answer"; then
  same "network $NETWORK and subnetwork $SUBNETWORK: exist"
else
  ask gcloud compute networks list --filter="name=$NETWORK" --format='value(name)'
  if has "$NETWORK" "$answer"; then
    same "network $NETWORK: exists"
  else
    new_network=yes
    run gcloud compute networks create "$NETWORK" --subnet-mode=custom
    changed "network $NETWORK: created"
  fi
  # An instance takes one address, and those of the revision that it replaces keep theirs for a while: Google advises four times
  # the largest number of instances. 1,020 addresses are there.
  # https://cloud.google.com/run/docs/configuring/vpc-direct-vpc#ip-allocation
  run gcloud compute networks subnets create "$SUBNETWORK" --network="$NETWORK" --region="$REGION" --range=10.64.0.0/22
  changed "subnetwork $SUBNETWORK: created"
fi
if [[ -n ${new_network:-} ]]; then
  answer=
else
  ask gcloud services vpc-peerings list --network="$NETWORK" --format='value(reservedPeeringRanges.list())'
fi
if [[ $answer == *"$services_range"* ]]; then
  same "peering for the database, with range $services_range: exists"
else
  if [[ -n ${new_network:-} ]]; then
    answer=
  else
    ask gcloud compute addresses list --global --filter="name=$services_range" --format='value(name)'
  fi
  if has "$services_range" "$answer"; then
    same "address range $services_range: exists"
  else
    # Google chooses the addresses, so that they do not collide with anything.
    run gcloud compute addresses create "$services_range" --global --purpose=VPC_PEERING --prefix-length=16 --network="$NETWORK"
    changed "address range $services_range: created"
  fi
  run gcloud services vpc-peerings connect --service=servicenetworking.googleapis.com --network="$NETWORK" --ranges="$services_range"
  changed "peering for the database: created"
fi
