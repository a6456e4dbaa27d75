import { sha256 } from "./code-hash.ts";

/**
 * SHA-256 of all that a recording says, in whatever order. It tells a recording from a file that
 * somebody, or a merge, has changed since; it is no signature, for anybody can
 * work it out. Against forgery CI measures again: `npm run compare`.
 */
export function checksumOf(recording: {
  checksum?: string | undefined;
}): string {
  const { checksum: _, ...recorded } = recording;
  return sha256(JSON.stringify(recorded, sortKeys));
}

function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value;
  const keys = Object.entries(value);
  return Object.fromEntries(keys.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
