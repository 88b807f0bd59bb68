/** Name of one region's door, below the name that callers use. */
export function ownNameOf(domain: string, region: string): string {
  return `${region}.${domain}`;
}
