/**
 * What a stranger's program may see of this process's environment. Cloud credentials and their files are out of its reach, and so is all that is
 * named like a credential; it still runs as the same user, so this keeps honest programs from asking a cloud, and no more.
 */
const CLOUD =
  /^(AWS|GOOGLE|GCLOUD|GCP|CLOUDSDK|AZURE|ARM|MSI|IDENTITY|KUBE|KUBERNETES|DOCKER|PULUMI|VAULT|TF_VAR)(_|$)/i;
const KUBECONFIG = /^KUBECONFIG$/i;
const CREDENTIAL =
  /NPM_CONFIG_(USERCONFIG|GLOBALCONFIG|.*_AUTH)$|TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|SSH_AUTH_SOCK|ASKPASS/i;
/** Where configuration is looked for, besides HOME. */
const PLACES = /^(XDG_.*|USERPROFILE|APPDATA|LOCALAPPDATA|HOMEPATH|HOMEDRIVE)$/i;

/** A URL with a user or a password, such as a database's. */
function holdsCredentials(value: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/]*@/i.test(value)) return false;
  try {
    const { username, password } = new URL(value);
    return username !== "" || password !== "";
  } catch {
    // No parser takes it, and it looks like one: a list of hosts, a password that is not escaped.
    return true;
  }
}

/** The environment less credentials, its home and temporary files in an empty folder. */
export function withoutCredentials(env: NodeJS.ProcessEnv, home: string, temporary: string): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name, value = ""]) =>
      !CLOUD.test(name) &&
      !KUBECONFIG.test(name) &&
      !CREDENTIAL.test(name) &&
      !PLACES.test(name) &&
      !holdsCredentials(value),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temporary,
    TMP: temporary,
    TEMP: temporary,
    // On a cloud's machine, credentials are an HTTP request away: the clouds' own libraries are told not to make it.
    AWS_EC2_METADATA_DISABLED: "true",
    METADATA_SERVER_DETECTION: "none",
  };
}
