import * as prettier from "prettier";
import { writeWhole } from "./write-whole.ts";

/** Writes a value as JSON, laid out as `npm run format` would. */
export async function writeJson(file: string, value: object): Promise<void> {
  const text = JSON.stringify(value);
  await writeWhole(file, await prettier.format(text, { parser: "json" }));
}
