import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { unpackWoff } from "./unpack-woff.ts";

const require = createRequire(import.meta.url);

const FILES = {
  regular:
    require.resolve("@fontsource/pretendard/files/pretendard-latin-400-normal.woff"),
  bold: require.resolve("@fontsource/pretendard/files/pretendard-latin-700-normal.woff"),
};

export type Weight = keyof typeof FILES;
export const WEIGHTS = Object.keys(FILES) as Weight[];

/** Pretendard, the first of the site's fonts, as a TrueType file. */
export function pretendard(weight: Weight): Buffer {
  return unpackWoff(readFileSync(FILES[weight]));
}
