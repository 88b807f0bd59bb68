// Distribution's reference grammar (distribution/reference): registry, path, tag, digest.
const HOST = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\\d+)?/)";
const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const REFERENCE = new RegExp(
  `^${HOST}?${COMPONENT}(?:/${COMPONENT})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$`,
);
/** The grammar allows 255 letters before tag and digest. */
const LONGEST = 255;

/** Can a container runtime pull by this text? */
export function isImageReference(text: string): boolean {
  return text.length <= LONGEST + 1 + 128 + 1 + 71 && REFERENCE.test(text);
}
