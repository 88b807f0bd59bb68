import { isNoSecret, isReference, isSecretName } from "./secret-names";

/** What is printed in the place of a secret. */
export const SECRET_SHOWN = "(secret)";

/** A text without the secrets in it, and why each was taken for one; none: the text as it was. */
export interface Searched {
  readonly rest: string;
  /** For a person, without any value: `--db-password is named like a secret`. */
  readonly why: readonly string[];
}

const WORDS = /pass|pwd|secret|token|key|credential|auth|connection.?string/i;
const AWS_KEY_ID = /\b(AKIA|ASIA)[A-Z0-9]{16}\b/g;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const CREDENTIAL = /\b(Bearer|Basic)(\s+)(?=[A-Za-z0-9._~+/=-]*\d)[A-Za-z0-9._~+/=-]{12,}/g;
/** With a password, which may hold anything but a space; a port and a path are none. */
const USER_AND_PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/)(?!\[)([^\s/@:"'<>]*:(?!\d{1,5}\/)[^\s"'<>]*)@/gi;
/** Alone it is a token over http; elsewhere a user's name. */
const USER_ALONE = /\b(https?:\/\/)(?!git@)([^\s/@:"'<>?#]+)@/gi;

/** Texts of objects recur (scripts, settings), and rules and reports ask of the same. */
const searched = new Map<string, Searched>();
const KEPT = 2_000;
/** Shorter ones are searched sooner than found. */
const LONG = 200;

/** Takes secrets out of a text: in URLs, under flags, in words and lines `name=value` and `name: value`, whole keys. */
export function withoutSecretsIn(text: string): Searched {
  if (text.length < LONG) return search(text);
  const before = searched.get(text);
  if (before !== undefined) return before;
  const found = search(text);
  if (searched.size >= KEPT) searched.clear();
  searched.set(text, found);
  return found;
}

/** The same of a sentence of ours, which may quote what was written: a colon in it is ours. */
export function sentenceWithoutSecrets(text: string): string {
  return search(text, "sentence").rest;
}

function search(text: string, is: "value" | "sentence" = "value"): Searched {
  const why: string[] = [];
  const say = (what: string): void => {
    if (!why.includes(what)) why.push(what);
  };
  let rest = text;
  if (rest.includes("PRIVATE KEY-----"))
    rest = rest.replace(PRIVATE_KEY, () => (say("holds a private key"), SECRET_SHOWN));
  if (rest.includes("AKIA") || rest.includes("ASIA"))
    rest = rest.replace(AWS_KEY_ID, () => (say("holds an AWS access key id"), SECRET_SHOWN));
  if (rest.includes("://") && rest.includes("@")) rest = withoutUsers(rest, say);
  if (WORDS.test(rest)) rest = withoutFlags(withoutNamed(withoutDefaults(rest, say), say, is), say);
  if (rest.includes("Bearer") || rest.includes("Basic"))
    rest = rest.replace(CREDENTIAL, (_, scheme: string, space: string) => {
      say("holds a credential");
      return `${scheme}${space}${SECRET_SHOWN}`;
    });
  return why.length === 0 ? { rest: text, why } : { rest, why };
}

function withoutUsers(text: string, say: (what: string) => void): string {
  return text
    .replace(USER_AND_PASSWORD, (whole: string, scheme: string, user: string) => {
      const password = user.slice(user.indexOf(":") + 1);
      if (password === "" || password === SECRET_SHOWN || isReference(password)) return whole;
      say("holds a URL with a password");
      return `${scheme}${SECRET_SHOWN}@`;
    })
    .replace(USER_ALONE, (whole: string, scheme: string, user: string) => {
      if (user === SECRET_SHOWN || isReference(user)) return whole;
      say("holds a URL with a token");
      return `${scheme}${SECRET_SHOWN}@`;
    });
}

/** A name, maybe quoted, and what parts it from its value. */
const NAMED = /(?<![\w.@$-])(-{0,2}[A-Za-z_][\w.-]*)(\\*["'])?([ \t]*(?:=>|:=|=|:|>)[ \t]*|[ \t]+)/g;
/** Settings of Redis that are parted by a space. */
const BY_SPACE = /^(requirepass|masterauth)$/i;

function withoutNamed(text: string, say: (what: string) => void, is: "value" | "sentence"): string {
  let rest = "";
  let done = 0;
  NAMED.lastIndex = 0;
  for (let match = NAMED.exec(text); match !== null; match = NAMED.exec(text)) {
    const [whole, name = "", , parting = ""] = match;
    const by = parting.trim();
    const at = match.index + whole.length;
    const flag = name.startsWith("-");
    if (by === "" ? !BY_SPACE.test(name) : !isSecretName(name, "free")) continue;
    if (is === "sentence" && by !== "=") continue;
    if (text.startsWith("${", match.index - 2)) continue;
    // `name:tag` is an image or a port, unless it is written as a document.
    if (
      by === ":" &&
      parting.endsWith(":") &&
      !/^(\\*["']|\s|$)/.test(text.slice(at, at + 4)) &&
      !opens(text, match.index)
    )
      continue;
    if (by === ">" && text[match.index - 1] !== "<") continue;
    // What a command prints is elsewhere; quotes inside it are its own.
    if (/^\\*["']?\$\([^)\n]*[\s"']/.test(text.slice(at, at + 80))) continue;
    // `a == b` compares.
    if (by === "=" && /[=~]/.test(text[at] ?? "")) continue;
    const end = by === ">" ? upTo(text, at, /</g) : valueEnd(text, match.index, at, by, flag);
    const value = text.slice(at, end);
    const bare = unquoted(value);
    if (isNoSecret(name, bare) || /^[[{]$/.test(bare.trim())) continue;
    say(`${name} is named like a secret`);
    const [, open = "", close = ""] = /^(\\*["'])[\s\S]*?(\\*["'])$/.exec(value) ?? [];
    const block = /^[|>][\w+-]*[ \t]*\n/.test(value) || value.startsWith("\n");
    rest += `${text.slice(done, at)}${block ? " " : open}${SECRET_SHOWN}${close}`;
    done = end;
    NAMED.lastIndex = end;
  }
  return done === 0 ? text : rest + text.slice(done);
}

/** What a shell takes where a variable has no value. */
const DEFAULT = /(\$\{([A-Za-z_]\w*):?-)([^{}\n]*)\}/g;

function withoutDefaults(text: string, say: (what: string) => void): string {
  return text.replace(DEFAULT, (whole: string, open: string, name: string, value: string) => {
    if (!isSecretName(name, "free") || isNoSecret(name, unquoted(value))) return whole;
    say(`the default of ${name} is named like a secret`);
    return `${open}${SECRET_SHOWN}}`;
  });
}

/** Is it the first of a line, or of a list in braces? */
function opens(text: string, at: number): boolean {
  return /(^|[\n{,])[ \t]*(- +)*["']?$/.test(text.slice(Math.max(0, at - 40), at));
}

function upTo(text: string, from: number, what: RegExp): number {
  what.lastIndex = from;
  return what.exec(text)?.index ?? text.length;
}

/** Where a value ends that begins there. What may be a part of it is one. */
function valueEnd(text: string, name: number, at: number, by: string, flag: boolean): number {
  const quote = /^\\*["']/.exec(text.slice(at, at + 8))?.[0];
  if (quote !== undefined) return closing(text, at + quote.length, quote);
  if (by === "") return upTo(text, at, /\s/g);
  const line = upTo(text, at, /\n/g);
  const first = text.lastIndexOf("\n", name) + 1;
  if (by === "=" || by === ":=") {
    const alone = text.includes("\n") && !flag && /^\s*(export\s+|- +)?$/.test(text.slice(first, name));
    return alone ? line : upTo(text, at, /\s/g);
  }
  const value = text.slice(at, line).trim();
  if (value !== "" && !/^[|>][\w+-]*([ \t]+#.*)?$/.test(value)) return line;
  // A value of several lines: all that stand further in.
  const indent = /^[ \t]*(- +)*/.exec(text.slice(first, name))?.[0].length ?? 0;
  let end = line;
  while (end < text.length) {
    const next = upTo(text, end + 1, /\n/g);
    const content = text.slice(end + 1, next);
    if (content.trim() !== "" && content.length - content.trimStart().length <= indent) break;
    end = next;
  }
  return end;
}

/** After the closing quote; none: all that is left. Each document in a text of another doubles the backslashes, and adds one. */
function closing(text: string, from: number, quote: string): number {
  const letter = quote.slice(-1);
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    let slashes = 0;
    while (text[at - slashes - 1] === "\\" && at - slashes > from) slashes += 1;
    if (slashes % (2 * quote.length) === quote.length - 1) return at + 1;
  }
  return text.length;
}

function unquoted(value: string): string {
  const quoted = /^(\\*["'])([\s\S]*?)\\*["']?$/.exec(value);
  if (quoted !== null) return quoted[2] ?? "";
  return value
    .replace(/[ \t]+#.*$/, "")
    .replace(/[,;"'})\]]+\s*$/, (end) => (/^[)}]/.test(end) && /[({]/.test(value) ? end : ""));
}

const FLAG = /(?<![^\s"'`(])(-{1,2}[A-Za-z][\w.-]*)([ \t]+)("[^"]*"|'[^']*'|[^\s-][^\s]*)/g;

/** Flags whose value is the next word. */
function withoutFlags(text: string, say: (what: string) => void): string {
  return text.replace(FLAG, (whole: string, flag: string, space: string, value: string) => {
    if (!takesSecret(flag) || isNoSecret(flag, unquoted(value))) return whole;
    say(`${flag} is named like a secret`);
    return `${flag}${space}${SECRET_SHOWN}`;
  });
}

/** Is the next word a secret? A flag that switches something takes none. */
export function takesSecret(flag: string): boolean {
  return (
    /^--?[A-Za-z][\w.-]*$/.test(flag) &&
    isSecretName(flag, "free") &&
    !/^--?(no|allow|enable|disable|skip|require|ignore|use|without|with)[-_]/i.test(flag)
  );
}
