/** What runs in the first member of a copy, started by a person, to make it the master. */
export const promote = String.raw`#!/bin/sh
# promote.sh               the master elsewhere answers: it stops taking writes, the copy catches up; nothing is lost
# promote.sh --it-is-gone  it does not answer, and you know that it takes no more writes, or you accept two masters
# promote.sh --who         changes nothing: who takes writes, a line each; beside this group's own, "elsewhere: host:port"
# Ends with 3 where the master elsewhere cannot be stopped from here, with 4 where the copy did not catch up: nothing is promoted then.
set -eu
. "$(dirname "$0")/settings.sh"
. "$(dirname "$0")/ask.sh"
# shellcheck disable=SC2086
ME=$(nth "$(ordinal)" $MEMBERS)
WORD=$(nth 0 "$@" "")
STOPPED=1000

# The words of the group elsewhere, with its own password.
elsewhere() (
  unset REDISCLI_AUTH
  if [ -n "$COPY_OF_PASSWORD_FILE" ]; then
    REDISCLI_AUTH=$(cat "$COPY_OF_PASSWORD_FILE")
    export REDISCLI_AUTH
  fi
  cli "$COPY_OF" "$COPY_OF_MASTER_PORT" "$@"
)

# Who takes writes; a master elsewhere that is one of these is named once, and one that was stopped takes none.
who() {
  runs=
  for each in $MEMBERS; do
    info=$(member "$each" info)
    if [ "$(echo "$info" | field role)" = master ]; then
      echo "$each"
      runs="$runs $(echo "$info" | field run_id) "
    fi
  done
  if [ -z "$COPY_OF" ]; then return; fi
  info=$(elsewhere info)
  if [ "$(echo "$info" | field role)" != master ]; then return; fi
  case $runs in *" $(echo "$info" | field run_id) "*) return ;; esac
  least=$(elsewhere config get min-replicas-to-write | tail -n 1)
  if [ "$least" != "$STOPPED" ]; then echo "elsewhere: $COPY_OF:$COPY_OF_MASTER_PORT"; fi
}

# For how long it has heard nothing of those whom it follows, seconds.
silent() {
  down=$(echo "$1" | field master_link_down_since_seconds)
  if [ -n "$down" ]; then echo "$down"; else echo "$1" | field master_last_io_seconds_ago; fi
}

if [ "$WORD" = --who ]; then who; exit 0; fi
if [ -z "$COPY_OF" ]; then say "this group is no copy"; exit 2; fi
if [ "$(ordinal)" -ne 0 ]; then say "run this in the first member"; exit 2; fi
for each in $MEMBERS; do
  # Whoever it is now, by a failover of its own: a second master here would be one too many.
  if [ "$(member "$each" info replication | field role)" = master ]; then say "$each is master already"; exit 0; fi
done
ask_sentinels
if [ "$ANSWERS" -gt 0 ]; then say "Sentinels of this group answer, and name $MASTER: they decide here"; exit 1; fi
mine=$(me info replication)

role=$(elsewhere info replication | field role)
if [ "$role" = master ]; then
  if [ "$(elsewhere config set min-replicas-to-write "$STOPPED")" != OK ]; then
    say "$COPY_OF does not say that it takes no more writes; nothing is promoted"
    exit 3
  fi
  mine=$(me info replication)
  elsewhere config rewrite >/dev/null
  say "the master elsewhere takes no more writes"
  target=$(elsewhere info replication | field master_repl_offset)
  has=$(echo "$mine" | field slave_repl_offset)
  behind=$((target - has))
  if [ "$behind" -lt 0 ]; then behind=0; fi
  end=$(($(date +%s) + CATCH_UP_SECONDS))
  until [ "$(me info replication | field slave_repl_offset)" -ge "$target" ]; do
    if [ "$(date +%s)" -ge "$end" ]; then
      elsewhere config set min-replicas-to-write "$MIN_REPLICAS" >/dev/null
      elsewhere config rewrite >/dev/null
      say "the copy did not catch up in $CATCH_UP_SECONDS s; the master elsewhere takes writes again, nothing is promoted"
      exit 4
    fi
    sleep 0.1
  done
  lost="nothing is lost (RPO 0): it was $behind bytes behind when the writes stopped, and has them"
elif [ -n "$role" ]; then
  say "$COPY_OF answers as $role, not as the master: nothing that runs here can stop the master's writes, and nothing is promoted"
  if [ "$WORD" != --it-is-gone ]; then exit 3; fi
  lost="what the copy had not received is lost (RPO): it heard of its primary $(silent "$mine") s ago"
else
  if [ "$WORD" != --it-is-gone ]; then
    say "$COPY_OF does not answer: it may take writes from those who reach it. Stop it where it is, then: promote.sh --it-is-gone"
    exit 3
  fi
  lost="what the copy had not received is lost (RPO): its line is down for $(silent "$mine") s, and how many bytes came after nobody here knows"
fi

if [ -n "$PASSWORD_FILE" ]; then me config set masterauth "$(head -n 1 "$PASSWORD_FILE")" >/dev/null; fi
me config set replica-announce-ip "$ME" >/dev/null
me config set replica-priority 100 >/dev/null
me replicaof no one >/dev/null
me config rewrite >/dev/null
: >"$DATA/promoted"
for each in $MEMBERS; do
  if [ "$each" != "$ME" ]; then
    member "$each" config set replica-priority 100 >/dev/null
    member "$each" config rewrite >/dev/null
  fi
done
say "$ME is master: $lost"
say "never start the old group as it was: it still takes itself for master. It becomes a copy of this one by a deploy that says so."
`;
