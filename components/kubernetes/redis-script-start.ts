/** What a data member's container runs: decides whom the member follows, writes its configuration, becomes the server. */
export const startRedis = String.raw`#!/bin/sh
# Runs at every start of the container, not only of the pod: a master that dies and is started again at once must ask, too.
set -eu
umask 077
. "$(dirname "$0")/settings.sh"
. "$(dirname "$0")/ask.sh"
ORDINAL=$(ordinal)
# shellcheck disable=SC2086
ME=$(nth "$ORDINAL" $MEMBERS)
# shellcheck disable=SC2086
FIRST=$(nth 0 $MEMBERS)
RECORD=$DATA/redis.conf

has_data() { ls "$DATA"/appendonlydir/*.manifest >/dev/null 2>&1; }

# Whom this member followed when it last ran, as a Sentinel had it written down: "name port"; nothing for a master.
followed() { if [ -f "$RECORD" ]; then sed -n 's/^\(replicaof\|slaveof\) //p' "$RECORD" | tail -n 1; fi; }

# Whether another member answers and holds what this one would take away as master. Of one with data of its own: a replica that has
# been in step since it started, or a master. Of one without: whoever has any.
held_elsewhere() {
  for each in $MEMBERS; do
    if [ "$each" = "$ME" ]; then continue; fi
    info=$(member "$each" info)
    case $info in *role:*) ;; *) continue ;; esac
    if [ "$(echo "$info" | field role)" = master ] && [ "$(echo "$info" | field connected_slaves)" != 0 ]; then return 0; fi
    if [ "$(echo "$info" | field master_link_status)" = up ]; then return 0; fi
    # -1: it has never been in step since it started (Redis 7 and later, Valkey).
    since=$(echo "$info" | field master_link_down_since_seconds)
    if [ -n "$since" ] && [ "$since" -ge 0 ]; then return 0; fi
    if has_data; then continue; fi
    case $info in *loading:1* | *keys=*) return 0 ;; esac
  done
  return 1
}

# A member that says that it is master, the one with most replicas; nothing where there is none.
a_master() {
  for each in $MEMBERS; do
    if [ "$each" = "$ME" ]; then continue; fi
    info=$(member "$each" info replication)
    if [ "$(echo "$info" | field role)" = master ]; then echo "$(echo "$info" | field connected_slaves) $each"; fi
  done | sort -rn | sed -n '1s/^[0-9]* //p'
}

answers() {
  for each in $MEMBERS; do
    if [ "$each" != "$ME" ] && [ -n "$(member "$each" info replication)" ]; then return 0; fi
  done
  return 1
}

# The Sentinels name this member. Sets DECIDED where that settles it.
decide_named() {
  if held_elsewhere; then
    if has_data && [ "$waited" -ge "$YIELD_SECONDS" ]; then
      say "nobody took over in $waited s: master again, with what is in the file"
      DECIDED=1
    else
      why="others hold the data: waiting for the Sentinels to make one of them master"
    fi
  elif has_data; then
    DECIDED=1
  elif [ "$EPOCH" -eq 0 ] && [ "$waited" -ge "$SETTLE_SECONDS" ]; then
    say "nobody has data: the group is new"
    DECIDED=1
  elif [ "$waited" -ge "$EMPTY_SECONDS" ]; then
    say "the data of this master is lost, and nobody else answered in $waited s: starting EMPTY"
    DECIDED=1
  else
    why="no data, and nobody else answers: waiting for those who may hold it"
  fi
}

# No majority of Sentinels answers. Sets DECIDED and FOLLOW where the members' own records settle it.
decide_alone() {
  master=$(a_master)
  record=$(followed)
  if [ -z "$master" ] && ! has_data && [ ! -f "$RECORD" ] && [ "$ANSWERS" -eq 0 ]; then
    # Never ran. The first of a new group begins it; the others wait for it.
    why="no Sentinel answers"
    if [ "$ORDINAL" -eq 0 ] && [ "$waited" -ge "$SETTLE_SECONDS" ] && ! answers; then
      say "no Sentinel and no member answers, and nothing was ever here: the group is new"
      DECIDED=1
    fi
    return
  fi
  why="$ANSWERS of the Sentinels answer, $MAJORITY are needed"
  if [ "$waited" -lt "$SENTINEL_SECONDS" ]; then return; fi
  if [ -n "$master" ]; then
    FOLLOW=$master
    DECIDED=1
  elif [ -n "$record" ]; then
    # shellcheck disable=SC2086
    FOLLOW=$(nth 0 $record)
    DECIDED=1
  elif has_data; then
    DECIDED=1
  fi
  if [ -n "$DECIDED" ]; then say "$why: by the members' own records $(if [ -n "$FOLLOW" ]; then echo "$FOLLOW"; else echo this one; fi) is master"; fi
}

# A group of its own was promoted once, or never: when it is a copy again, that does not count any more.
if [ -z "$COPY_OF" ]; then rm -f "$DATA/promoted"; fi

FOLLOW=
FOLLOW_PORT=$PORT
DECIDED=
PROMOTED=1
if [ -n "$COPY_OF" ]; then
  ask_sentinels
  if [ "$ANSWERS" -eq 0 ] && [ ! -f "$DATA/promoted" ]; then
    PROMOTED= DECIDED=1
    if [ "$ORDINAL" -eq 0 ]; then FOLLOW=$COPY_OF FOLLOW_PORT=$COPY_OF_PORT; else FOLLOW=$FIRST; fi
  fi
fi

began=$(date +%s)
told=
while [ -z "$DECIDED" ]; do
  waited=$(($(date +%s) - began))
  why=
  ask_sentinels
  if [ "$ANSWERS" -lt "$MAJORITY" ]; then
    decide_alone
  elif [ "$MASTER" != "$ME" ]; then
    FOLLOW=$MASTER
    DECIDED=1
  else
    decide_named
  fi
  if [ -z "$DECIDED" ]; then
    if [ "$why" != "$told" ]; then say "$why"; fi
    told=$why
    sleep 1
  fi
done

{
  cat "$CONFIG/redis.conf"
  if [ -n "$PASSWORD_FILE" ]; then
    printf "%s\n" "requirepass $(quoted "$PASSWORD_FILE")"
    if [ "$FOLLOW" != "$COPY_OF" ] || [ -z "$FOLLOW" ]; then printf "%s\n" "masterauth $(quoted "$PASSWORD_FILE")"; fi
  fi
  if [ -n "$FOLLOW" ] && [ "$FOLLOW" = "$COPY_OF" ]; then
    # Sentinels elsewhere may hear of it from their master, and would order about whoever answers at the address that it seems to come from:
    # a proxy, and behind that their own master. It announces one at which nobody ever is (RFC 5737).
    echo "replica-announce-ip 192.0.2.1"
    if [ -n "$COPY_OF_PASSWORD_FILE" ]; then printf "%s\n" "masterauth $(quoted "$COPY_OF_PASSWORD_FILE")"; fi
  else
    echo "replica-announce-ip $ME"
  fi
  if [ -n "$COPY_OF" ] && [ -n "$PROMOTED" ]; then echo "replica-priority 100"; fi
  if [ -n "$FOLLOW" ]; then echo "replicaof $FOLLOW $FOLLOW_PORT"; fi
} >"$RECORD.next"
mv -f "$RECORD.next" "$RECORD"
say "$ME starts as $(if [ -n "$FOLLOW" ]; then echo "replica of $FOLLOW"; else echo master; fi)"
exec "$SERVER" "$RECORD" "$@"
`;
