/** Words by which people call what nobody else should read. */
const PASSWORDS = "PASSWORD|PASSWD|PASSPHRASE";
const KEYS = "(API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|MASTER|ACCOUNT|LICENSE|AUTH)_?KEY";
const CERTAIN = `(${PASSWORDS})S?$|(^|_)(${PASSWORDS}|PWD|CLIENT_?SECRET|TOKEN|CONNECTION_STRING|${KEYS})($|_)|(^|_)PASS$|REQUIREPASS$|MASTERAUTH$|(^|_)AUTHORIZATION$`;

/**
 * Where a name stands decides how much it says. setting: an environment variable or a key of a ConfigMap; free: a key of values that somebody
 * made up, a flag, a line of a file; field: of an object whose fields others named, where `secret` and `key` mean a reference; input: of a resource of
 * a provider, where a name tells by its end alone (`apiKeySource`, `authTokenUpdateStrategy` are none).
 */
export type NameOf = "setting" | "free" | "field" | "input";

const NAMES: Readonly<Record<NameOf, RegExp>> = {
  setting: new RegExp(`${CERTAIN}|(^|_)(SECRET|CREDENTIALS?|AUTH)($|_)|(^|_)KEY$`, "i"),
  free: new RegExp(`${CERTAIN}|(^|_)(SECRET|CREDENTIALS?)($|_)|(^|_)REDIS_AUTH$`, "i"),
  field: new RegExp(CERTAIN, "i"),
  input: new RegExp(
    `((${PASSWORDS})S?|(^|_)(CLIENT|SHARED|WEBHOOK)_SECRET|(^|_)CONNECTION_STRING|(^|_)(PRE_?SHARED_KEY|${KEYS})|(?<!(^|_)(CREATION|CLIENT|REQUEST|IDEMPOTENCY|NEXT|VERSION))(^|_)TOKEN|(^|_)SECRET_(STRING|BINARY|DATA))(_WO)?$`,
    "i",
  ),
};

/** A name that ends so points at a secret, or tells of one, and is none. */
const POINTS_ELSEWHERE =
  /(_FILE|_PATH|_DIR|_ARN|_NAME|_REF|_URLS?|_URI|_ENDPOINT|_HOST|_PORT|_ID|_TTL|_SECONDS|_TIMEOUT|_EXPIRY|_EXPIRATION|_LIFETIME|_ENABLED|_INTERVAL|_HEADER|_COUNT|_LIMIT|_MAX|_SIZE|_LENGTH|_TYPE|_MODE|_METHOD|_REALM|_PROVIDER|_ISSUER|_AUDIENCE|_ALGORITHM|_POLICY|_VERSION|_PREFIX|_FORMAT|PASSWORD_KEY|_YA?ML|_JSON|_CONF|_CFG|_INI|_PROPERTIES|_TOML|_XML|_SH|_TXT)$|(^|_)(EXISTING|TLS_SECRET|PULL_SECRET|(EOS|BOS|PAD|UNK|SEP|CLS|MASK|STOP)_TOKEN)/i;

const judged: Readonly<Record<NameOf, Map<string, boolean>>> = {
  setting: new Map(),
  free: new Map(),
  field: new Map(),
  input: new Map(),
};
/** Names recur; what programs make up does not, and is not kept for ever. */
const KEPT = 20_000;

/** Is what bears the name a secret, by the name alone? `auth.password`, `db-password` and `dbPassword` are spelt alike. */
export function isSecretName(name: string, of: NameOf): boolean {
  const before = judged[of].get(name);
  if (before !== undefined) return before;
  const own = name.slice(name.lastIndexOf("/") + 1);
  const spelt = own.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_");
  const found = NAMES[of].test(spelt) && !POINTS_ELSEWHERE.test(spelt);
  if (judged[of].size >= KEPT) judged[of].clear();
  judged[of].set(name, found);
  return found;
}

/** `$(NAME)`, `${NAME}`, `$NAME`, what a command prints, a template's field: the secret itself is elsewhere. */
const ONE_REFERENCE =
  /\$\$?\([^()]*(\([^()]*\)[^()]*)*\)|\$\{[A-Za-z_][\w.]*(:?[?+=-])?\}|\$\{[A-Za-z_]\w*:?[?+][^{}]*\}|\$\$?[A-Za-z_]\w*|\$[\d@*#?]|`[^`]*`|\{\{.*?\}\}|ENC\[[^\]]*\]/g;
const SWITCH = /^(true|false|yes|no|on|off|null|none|nil|undefined|~|enabled|disabled|0|1|\(secret\)|\*+|x{3,})$/i;
const NUMBER = /^\d{1,6}$/;
const PATH =
  /^\.{0,2}\/(etc|run|var|mnt|secrets?|vault|opt|tmp|home|usr|srv|data|config|certs?|tls|app|root|dev|proc)(\/|$)/;

/** Does a text only say where the secret is? */
export function isReference(text: string): boolean {
  if (text.includes("$") || text.includes("{{") || text.includes("`") || text.includes("ENC["))
    return /^[\s:;,/@.&"'\\)-]*$/.test(text.replace(ONE_REFERENCE, ""));
  return PATH.test(text);
}

/** A value that is no secret whatever its name: none, a switch, a number of what the name counts, a reference. */
export function isNoSecret(name: string, value: string): boolean {
  const own = value.trim();
  if (own === "" || SWITCH.test(own)) return true;
  if (NUMBER.test(own)) return !/(PASSWORD|PASSWD|PASSPHRASE|PASS|PWD)[\W_]*$/i.test(name);
  return isReference(own);
}
