import { inflateSync } from "node:zlib";

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

/**
 * Unpacks a WOFF 1.0 file into the TrueType font in it, after
 * https://www.w3.org/TR/WOFF/. What a font has for searching its directory, and
 * which no reader needs, stays 0.
 *
 * @throws where the bytes are no WOFF
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("No WOFF.");
  const count = woff.readUInt16BE(12);
  const directory = Buffer.alloc(SFNT_HEADER + count * SFNT_ENTRY);
  const font: Buffer[] = [directory];
  woff.copy(directory, 0, 4, 8);
  directory.writeUInt16BE(count, 4);
  let end = directory.length;
  for (let table = 0; table < count; table++) {
    const entry = WOFF_HEADER + table * WOFF_ENTRY;
    const [offset, packed, length] = [4, 8, 12].map((at) =>
      woff.readUInt32BE(entry + at),
    ) as [number, number, number];
    const bytes = woff.subarray(offset, offset + packed);
    const whole = packed < length ? inflateSync(bytes) : bytes;
    const padding = Buffer.alloc(-length & 3);
    font.push(whole, padding);
    const at = SFNT_HEADER + table * SFNT_ENTRY;
    woff.copy(directory, at, entry, entry + 4);
    woff.copy(directory, at + 4, entry + 16, entry + WOFF_ENTRY);
    directory.writeUInt32BE(end, at + 8);
    directory.writeUInt32BE(length, at + 12);
    end += length + padding.length;
  }
  return Buffer.concat(font);
}
