import type { Program } from "../book/programs.ts";

const files = import.meta.glob<string>(
  [
    "../../examples/*.{ts,py}",
    "../../tests/claims/*.test.ts",
    "../../tests/claims/python/*.test.ts",
  ],
  { query: "?raw", import: "default" },
);

/** The text of a program. */
export function exampleSource({ example }: Program): Promise<string> {
  return read(example);
}

/** The text of a program's test. */
export function testSource({ test }: Program): Promise<string> {
  return read(test);
}

function read(file: string): Promise<string> {
  const load = files[`../../${file}`];
  if (!load) throw new Error(`There is no ${file}.`);
  return load();
}
