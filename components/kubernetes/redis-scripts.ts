import { redisConf } from "./redis-config";
import { handOver, live, ready } from "./redis-script-pod";
import { promote } from "./redis-script-promote";
import { startSentinel } from "./redis-script-sentinel";
import { startRedis } from "./redis-script-start";
import { takeOver } from "./redis-script-take-over";
import type { RedisSettings } from "./redis-settings";
import { sentinelConf, sentinelId } from "./sentinel-config";
import { shellWords } from "./shell-words";

/**
 * Every file that the containers find in their configuration folder, by name: the same for all members and Sentinels. The scripts are
 * POSIX sh with the server's own client and what busybox has, for any user, and write below the data folder alone.
 */
export function redisFiles(settings: RedisSettings): Readonly<Record<string, string>> {
  return {
    "redis.conf": redisConf(settings),
    "sentinel.conf": sentinelConf(settings),
    "settings.sh": settingsScript(settings),
    "ask.sh": ask,
    "start-redis.sh": startRedis,
    "start-sentinel.sh": startSentinel,
    "hand-over.sh": handOver,
    "live.sh": live,
    "ready.sh": ready,
    "promote.sh": promote,
    ...(settings.sentinels.length === 0 ? {} : { "take-over.sh": takeOver(settings) }),
  };
}

/** What the scripts need to know, as shell variables; none of them is a secret. */
function settingsScript(settings: RedisSettings): string {
  const { engine, group, members, sentinels, loopback, folders, copyOf, timing, patience } = settings;
  const values: Readonly<Record<string, string | number>> = {
    GROUP: group,
    MEMBERS: members.join(" "),
    SENTINELS: sentinels.join(" "),
    SENTINEL_IDS: sentinels.map((_, ordinal) => sentinelId(group, ordinal)).join(" "),
    LOOPBACK: loopback,
    PORT: settings.port,
    SENTINEL_PORT: settings.sentinelPort,
    QUORUM: timing.quorum,
    MAJORITY: Math.floor(sentinels.length / 2) + 1,
    MIN_REPLICAS: timing.minReplicasToWrite,
    SERVER: `${engine}-server`,
    CLI: `${engine}-cli`,
    CONFIG: folders.config,
    DATA: folders.data,
    PASSWORD_FILE: folders.password ?? "",
    TLS: folders.tls ?? "",
    COPY_OF: copyOf?.host ?? "",
    COPY_OF_PORT: copyOf?.port ?? "",
    COPY_OF_MASTER_PORT: copyOf?.masterPort ?? "",
    COPY_OF_GROUP: copyOf?.group ?? "",
    COPY_OF_PASSWORD_FILE: copyOf?.password ?? "",
    ASK_SECONDS: patience.askSeconds,
    SETTLE_SECONDS: patience.settleSeconds,
    SENTINEL_SECONDS: patience.sentinelSeconds,
    YIELD_SECONDS: patience.yieldSeconds,
    EMPTY_SECONDS: patience.emptySeconds,
    CATCH_UP_SECONDS: patience.catchUpSeconds,
    HAND_OVER_SECONDS: patience.handOverSeconds,
    // Sentinels' pings wait behind their own messages, which wait, too.
    PAUSE_MS: Math.floor(timing.downAfterMs * 0.8),
  };
  return shellWords(values);
}

/** Questions that all scripts ask. */
const ask = String.raw`# Read by the other scripts: how servers are asked, and what they say.
if [ -n "$PASSWORD_FILE" ]; then
  REDISCLI_AUTH=$(cat "$PASSWORD_FILE")
  export REDISCLI_AUTH
fi
TLS_FLAGS=
if [ -n "$TLS" ]; then TLS_FLAGS="--tls --cacert $TLS/ca.crt"; fi

# Lines on standard error, for the container's log.
say() { echo "nines: $*" >&2; }

# cli HOST PORT WORD...: the answer; nothing where there is none in time.
cli() {
  cli_host=$1 cli_port=$2
  shift 2
  # shellcheck disable=SC2086
  timeout "$ASK_SECONDS" "$CLI" $TLS_FLAGS --raw -h "$cli_host" -p "$cli_port" "$@" 2>/dev/null | tr -d '\r' || true
}
member() { asked_host=$1; shift; cli "$asked_host" "$PORT" "$@"; }
sentinel() { asked_host=$1; shift; cli "$asked_host" "$SENTINEL_PORT" "$@"; }
me() { cli "$LOOPBACK" "$PORT" "$@"; }

# field NAME: the value of a line name:value of INFO.
field() { sed -n "s/^$1://p" | head -n 1; }

# nth N WORD...: the word at place N, from 0.
nth() { shift "$(($1 + 1))"; echo "$1"; }

# This pod's place, from 0: what its name ends with.
ordinal() { echo "$POD_NAME" | sed 's/.*-//'; }

# named_by SENTINEL: "epoch master", as one Sentinel knows it; nothing where it does not answer.
named_by() {
  sentinel "$1" sentinel master "$GROUP" | awk '
    NR % 2 { key = $0; next }
    { value[key] = $0 }
    END { if ("ip" in value) print value["config-epoch"], value["ip"] }'
}

# Asks every Sentinel. ANSWERS: how many knew the group; EPOCH and MASTER: the newest that one of them knows.
ask_sentinels() {
  ANSWERS=0 EPOCH=-1 MASTER=
  for each in $SENTINELS; do
    said=$(named_by "$each")
    if [ -z "$said" ]; then continue; fi
    ANSWERS=$((ANSWERS + 1))
    newer "$said"
  done
}
newer() {
  # shellcheck disable=SC2086
  set -- $1
  if [ "$1" -gt "$EPOCH" ]; then EPOCH=$1 MASTER=$2; fi
}

# quoted FILE: its first line as a word of the configuration.
quoted() { printf '"%s"' "$(head -n 1 "$1" | sed 's/[\\"]/\\&/g')"; }
`;
