/** What the pod's life cycle runs: preStop, liveness, readiness. */

/** preStop of a data member. However it ends, the pod goes on to end: it never fails. */
export const handOver = String.raw`#!/bin/sh
# A master stops taking writes, lets its replicas catch up, and has a Sentinel make one of them master. A failover alone would lose
# what the old master takes until it is told that it is none any more.
set -u
. "$(dirname "$0")/settings.sh"
. "$(dirname "$0")/ask.sh"
# shellcheck disable=SC2086
ME=$(nth "$(ordinal)" $MEMBERS)

# past SECONDS: whether so many have gone since the last start_clock.
start_clock() { clock=$(date +%s); }
past() { [ "$(date +%s)" -ge $((clock + $1)) ]; }

hand_over() {
  if [ "$(me info replication | field connected_slaves)" -eq 0 ]; then say "no replica to hand over to"; return; fi
  # More than there are: writes are refused, and told so; it goes on until the server has ended.
  me config set min-replicas-to-write 1000 >/dev/null
  start_clock
  until caught_up; do
    if past "$CATCH_UP_SECONDS"; then
      say "the replicas lag: Sentinels choose the one that has most once this one is gone"
      give_back
      return
    fi
    sleep 0.1
  done
  # What goes to the replicas stands still (expiry, Sentinels' own messages, pings): all end at the same place, and who is not chosen
  # follows the new master without a full copy, during which it could take no write. Shorter than what Sentinels take for death.
  me config set repl-ping-replica-period 3600 >/dev/null
  me client pause "$PAUSE_MS" write >/dev/null
  start_clock
  asked=
  until past "$HAND_OVER_SECONDS"; do
    for each in $SENTINELS; do
      if [ -z "$asked" ] && caught_up && [ "$(sentinel "$each" sentinel failover "$GROUP")" = OK ]; then asked=$each; fi
    done
    if [ -n "$asked" ]; then
      next=$(sentinel "$asked" sentinel get-master-addr-by-name "$GROUP" | head -n 1)
      if [ -n "$next" ] && [ "$next" != "$ME" ] && [ "$(member "$next" info replication | field role)" = master ]; then
        say "handed over to $next"
        return
      fi
    fi
    sleep 0.1
  done
  say "nobody took over in $HAND_OVER_SECONDS s"
  give_back
}

# Whether every replica that is in step has all that this master took, and there is one.
caught_up() {
  me info replication | awk -F '[:,=]' '
    /^master_repl_offset:/ { offset = $2 + 0 }
    /^slave[0-9]+:/ { for (i = 2; i < NF; i += 1) { if ($i == "state") state = $(i + 1); if ($i == "offset") has = $(i + 1) + 0 }
      if (state == "online") { online += 1; if (online == 1 || has < least) least = has } }
    END { exit !(online > 0 && least >= offset) }'
}

give_back() {
  me config set min-replicas-to-write "$MIN_REPLICAS" >/dev/null
  me config set repl-ping-replica-period 10 >/dev/null
  me client unpause >/dev/null
}

case $(me info replication | field role) in
  master) hand_over ;;
  slave)
    # Redis refuses to end while a replica that was just filled writes its first file.
    start_clock
    until past "$CATCH_UP_SECONDS" || [ "$(me info persistence | field aof_rewrite_in_progress)" != 1 ]; do sleep 0.2; done
    ;;
esac
exit 0
`;

/** Liveness: the server answers, whatever it says. Whether it has a master, or has loaded its file, is not its own fault. */
export const live = String.raw`#!/bin/sh
. "$(dirname "$0")/settings.sh"
. "$(dirname "$0")/ask.sh"
case $1 in sentinel) port=$SENTINEL_PORT ;; *) port=$PORT ;; esac
[ -n "$(cli "$LOOPBACK" "$port" ping)" ]
`;

/** Readiness: a master, or a replica in step; so a budget counts a copy that is still being filled as one that is not there. */
export const ready = String.raw`#!/bin/sh
. "$(dirname "$0")/settings.sh"
. "$(dirname "$0")/ask.sh"
if [ "$1" = sentinel ]; then
  [ "$(cli "$LOOPBACK" "$SENTINEL_PORT" ping)" = PONG ]
else
  info=$(me info)
  [ "$(echo "$info" | field loading)" = 0 ] || exit 1
  [ "$(echo "$info" | field role)" = master ] || [ "$(echo "$info" | field master_link_status)" = up ]
fi
`;
