/** What a person runs in the first member of a copy, by hand, to make it the master. */
export const promote = String.raw`#!/bin/sh
# promote.sh               the master elsewhere answers: it stops taking writes, the copy catches up; nothing is lost
# promote.sh --it-is-gone  it does not answer, and you know that it takes no more writes, or you accept two masters
set -eu
. "$(dirname "$0")/settings.sh"
. "$(dirname "$0")/ask.sh"
# shellcheck disable=SC2086
ME=$(nth "$(ordinal)" $MEMBERS)

if [ -z "$COPY_OF" ]; then say "this group is no copy"; exit 2; fi
if [ "$(ordinal)" -ne 0 ]; then say "run this in the first member"; exit 2; fi
mine=$(me info replication)
if [ "$(echo "$mine" | field role)" = master ]; then say "it is master already"; exit 0; fi

# The words of the group elsewhere, with its own password.
elsewhere() (
  unset REDISCLI_AUTH
  if [ -n "$COPY_OF_PASSWORD_FILE" ]; then
    REDISCLI_AUTH=$(cat "$COPY_OF_PASSWORD_FILE")
    export REDISCLI_AUTH
  fi
  cli "$COPY_OF" "$COPY_OF_MASTER_PORT" "$@"
)

role=$(elsewhere info replication | field role)
if [ "$role" = master ]; then
  elsewhere config set min-replicas-to-write 1000 >/dev/null
  elsewhere config rewrite >/dev/null
  say "the master elsewhere takes no more writes"
  target=$(elsewhere info replication | field master_repl_offset)
  end=$(($(date +%s) + CATCH_UP_SECONDS))
  until [ "$(me info replication | field slave_repl_offset)" -ge "$target" ]; do
    if [ "$(date +%s)" -ge "$end" ]; then
      elsewhere config set min-replicas-to-write "$MIN_REPLICAS" >/dev/null
      elsewhere config rewrite >/dev/null
      say "the copy did not catch up in $CATCH_UP_SECONDS s; the master elsewhere takes writes again, nothing is promoted"
      exit 1
    fi
    sleep 0.1
  done
  lost="nothing is lost"
elif [ -n "$role" ]; then
  say "$COPY_OF answers as $role, not as the master: nothing that runs here can stop the master's writes, and nothing is promoted"
  if [ "$(nth 0 "$@" "")" != --it-is-gone ]; then exit 1; fi
  lost="what the copy had not received is lost"
else
  if [ "$(nth 0 "$@" "")" != --it-is-gone ]; then
    say "$COPY_OF does not answer: it may take writes from those who reach it. Stop it where it is, then: promote.sh --it-is-gone"
    exit 1
  fi
  lost="what the copy had not received is lost; its line is down for $(echo "$mine" | field master_link_down_since_seconds) s"
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
say "now start the Sentinels of this group, lead callers here, and never start the old group as it was: it still takes itself for"
say "master. Make it a copy of this one on empty volumes."
`;
