/**
 * First half of `npm run format`: brings what a contributor wrote into UTF-8
 * without a byte order mark, with LF and composed letters. Prettier, which
 * comes after it, would write other encodings back as question marks.
 */
import { mendText } from "../book/text.ts";
import { readFiles } from "../check/read-book.ts";
import { command } from "./frame/command.ts";
import { writeWhole } from "./frame/write-whole.ts";

const USAGE = "Usage: npm run format";

export const main = command({ usage: USAGE, options: {}, run });

async function run(): Promise<void> {
  for (const [file, bytes] of readFiles()) {
    const text = mendText(bytes);
    if (text === undefined || Buffer.from(text).equals(bytes)) continue;
    await writeWhole(file, text);
    console.log(`${file}: encoding, line ends or letters mended`);
  }
}

if (import.meta.main) process.exitCode = await main();
