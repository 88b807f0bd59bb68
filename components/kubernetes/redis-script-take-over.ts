import type { RedisSettings } from "./redis-settings";
import { shellWords } from "./shell-words";

/**
 * What a person runs where their kubectl is, once: it promotes the copy, stops what was master where that can be asked for, starts the Sentinels, and
 * sees that one takes writes. Again it says that it is done. Pods have no account that could.
 */
export function takeOver({ objects, sentinels, folders }: RedisSettings): string {
  return `#!/bin/sh
${shellWords({
  NAMESPACE: objects.namespace,
  MEMBERS: objects.members,
  SENTINELS: objects.sentinels,
  PROXIES: objects.proxy,
  COUNT: sentinels.length,
  CONFIG: folders.config,
})}${steps}`;
}

const steps = String.raw`
usage() {
  echo "take-over.sh [--context HERE] [--old-context THERE] [--it-is-gone]" >&2
  echo "  --context      the cluster of this copy, as your kubeconfig calls it; without it the current one" >&2
  echo "  --old-context  the cluster of the group that is master now: it is stopped there, its Sentinels first" >&2
  echo "  --it-is-gone   nobody reaches that group, and you know that it takes no more writes: what had not come here is lost" >&2
  exit 2
}
set -eu
HERE='' THERE='' GONE=''
while [ $# -gt 0 ]; do
  case $1 in
    --context) if [ $# -lt 2 ]; then usage; fi; HERE=$2; shift ;;
    --old-context) if [ $# -lt 2 ]; then usage; fi; THERE=$2; shift ;;
    --it-is-gone) GONE=$1 ;;
    *) usage ;;
  esac
  shift
done
WAIT_SECONDS=${"${WAIT_SECONDS:-180}"}

say() { echo "nines: $*" >&2; }
here() { kubectl ${'${HERE:+--context "$HERE"}'} --namespace "$NAMESPACE" "$@"; }
there() { kubectl --context "$THERE" --namespace "$NAMESPACE" "$@"; }
inside() { here exec "$MEMBERS-0" -- sh "$CONFIG/promote.sh" "$@"; }
took() { echo $(($(date +%s) - BEGAN)); }

# stopped SET ROLE: scales it to none where the master was, and waits until its pods are gone; a node that does not answer keeps them.
stopped() {
  there scale statefulset "$1" --replicas=0 >&2
  end=$(($(date +%s) + WAIT_SECONDS))
  while :; do
    left=$(there get pods --selector "app.kubernetes.io/name=$MEMBERS,app.kubernetes.io/component=$2" --output name)
    if [ -z "$left" ]; then return; fi
    if [ "$(date +%s)" -ge "$end" ]; then
      say "not gone after $WAIT_SECONDS s, and perhaps running:" $left
      exit 3
    fi
    sleep 1
  done
}

# exactly_one: says who takes writes, or that it is not one.
exactly_one() {
  writes=$(inside --who)
  case $writes in
    "" | elsewhere:* | *"
"*)
      say "exactly one should take writes, and it is:" $writes
      exit 1
      ;;
  esac
  say "$writes takes writes, and nobody else that answers here"
}

BEGAN=$(date +%s)
writes=$(inside --who)
case $writes in "" | elsewhere:*) promoted='' ;; *) promoted=1 ;; esac
watched=$(here get statefulset "$SENTINELS" --output 'jsonpath={.spec.replicas}')
# Scaled last of all: where they are there, everything before it is done.
if [ -n "$promoted" ] && [ "$watched" = "$COUNT" ]; then
  here rollout status "statefulset/$SENTINELS" --timeout="${"${WAIT_SECONDS}"}s" >&2
  exactly_one
  say "it is done already"
  exit 0
fi

# They would make another master there, which nobody has stopped.
if [ -n "$THERE" ]; then stopped "$SENTINELS" sentinel; fi
status=0 ended=''
inside $GONE || status=$?
if [ "$status" -eq 3 ] && [ -n "$THERE" ] && [ -z "$GONE" ]; then
  say "stopping it where it is"
  ended=1
  stopped "$MEMBERS" member
  status=0
  inside --it-is-gone || status=$?
fi
if [ "$status" -ne 0 ]; then
  # What was not promoted needs whom it had.
  if [ -n "$THERE" ] && [ -z "$ended" ]; then there scale statefulset "$SENTINELS" --replicas="$COUNT" >&2; fi
  exit "$status"
fi
say "promoted after $(took) s"
# At its next start it would take writes again.
if [ -n "$THERE" ]; then stopped "$MEMBERS" member; fi
# Who was connected to read finds the master.
here rollout restart "deployment/$PROXIES" >&2
here scale statefulset "$SENTINELS" --replicas="$COUNT" >&2
here rollout status "statefulset/$SENTINELS" --timeout="${"${WAIT_SECONDS}"}s" >&2
exactly_one
say "$COUNT Sentinels watch over it, after $(took) s in all"
say "now lead the address here, say nines:copies.$MEMBERS.primary, and deploy: the old group becomes a copy of this one"
`;
