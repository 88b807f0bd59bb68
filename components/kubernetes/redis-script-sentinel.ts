/** What a Sentinel's container runs: finds out which member is master, writes its configuration, becomes a Sentinel. */
export const startSentinel = String.raw`#!/bin/sh
# A Sentinel must be able to write its configuration: it is on the data volume, and what it remembers there goes on to count.
set -eu
umask 077
. "$(dirname "$0")/settings.sh"
. "$(dirname "$0")/ask.sh"
ORDINAL=$(ordinal)
# shellcheck disable=SC2086
ME=$(nth "$ORDINAL" $SENTINELS)
# shellcheck disable=SC2086
ID=$(nth "$ORDINAL" $SENTINEL_IDS)
RECORD=$DATA/sentinel.conf

# remembered WORDS: what the record says after these words, if it is of this group.
remembered() { if [ -f "$RECORD" ]; then sed -n "s/^sentinel $1 //p" "$RECORD" | tail -n 1; fi; }

# shellcheck disable=SC2046
MASTER=$(nth 0 $(remembered "monitor $GROUP") "")
# A copy is promoted by a person, who tells no Sentinel: what they remember is of the time when this group was not a copy.
if [ -n "$COPY_OF" ]; then MASTER=; fi
EPOCH=$(remembered "config-epoch $GROUP")
CURRENT=$(remembered current-epoch)
LEADER=$(remembered "leader-epoch $GROUP")

told=
while [ -z "$MASTER" ]; do
  # It remembers nothing: another Sentinel knows, or the members do. Whoever guesses here can make an empty member master.
  ask_sentinels
  if [ "$ANSWERS" -gt 0 ]; then break; fi
  EPOCH=0
  for each in $MEMBERS; do
    if [ "$(member "$each" info replication | field role)" = master ]; then MASTER=$each; fi
  done
  if [ -z "$MASTER" ]; then
    if [ -z "$told" ]; then say "no Sentinel answers and no member is master: waiting for one"; fi
    told=1
    sleep 1
  fi
done

{
  cat "$CONFIG/sentinel.conf"
  echo "sentinel myid $ID"
  echo "sentinel announce-ip $ME"
  echo "sentinel monitor $GROUP $MASTER $PORT $QUORUM"
  if [ -n "$PASSWORD_FILE" ]; then
    printf "%s\n" "requirepass $(quoted "$PASSWORD_FILE")"
    printf "%s\n" "sentinel sentinel-pass $(quoted "$PASSWORD_FILE")"
    printf "%s\n" "sentinel auth-pass $GROUP $(quoted "$PASSWORD_FILE")"
  fi
  if [ -n "$EPOCH" ]; then echo "sentinel config-epoch $GROUP $EPOCH"; fi
  if [ -n "$LEADER" ]; then echo "sentinel leader-epoch $GROUP $LEADER"; fi
  echo "sentinel current-epoch $(if [ -n "$CURRENT" ]; then echo "$CURRENT"; else echo "$EPOCH"; fi)"
  for each in $MEMBERS; do
    if [ "$each" != "$MASTER" ]; then echo "sentinel known-replica $GROUP $each $PORT"; fi
  done
  place=0
  for each in $SENTINELS; do
    # shellcheck disable=SC2086
    if [ "$each" != "$ME" ]; then echo "sentinel known-sentinel $GROUP $each $SENTINEL_PORT $(nth "$place" $SENTINEL_IDS)"; fi
    place=$((place + 1))
  done
} >"$RECORD.next"
mv -f "$RECORD.next" "$RECORD"
say "$ME watches $GROUP, whose master is $MASTER"
exec "$SERVER" "$RECORD" --sentinel "$@"
`;
