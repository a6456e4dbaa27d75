/**
 * The map in ARCHITECTURE.md is what the imports are: a folder of src imports
 * from those above it in this list and from none below.
 */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** From the lowest to the highest. */
const FOLDERS = [
  "content",
  "styles",
  "orders",
  "measure",
  "book",
  "draw",
  "client",
  "check",
  "browser",
  "build",
  "runtimes",
  "components",
  "layouts",
  "pages",
  "commands",
];
const IMPORT =
  /(?:\bfrom\s*|\bimport\s*\(?\s*(?:\/\*.*?\*\/\s*)?)["'](\.{1,2}\/[^"'?]+)/g;

interface Arrow {
  file: string;
  from: string;
  to: string;
}

const folderOf = (file: string) => file.split("/")[1]!;
const files = globSync("src/*/**/*.{ts,astro}", {
  exclude: ["**/node_modules"],
}).map((file) => file.replaceAll("\\", "/"));
const arrows = files.flatMap((file): Arrow[] =>
  Array.from(readFileSync(file, "utf8").matchAll(IMPORT), ([, path]) =>
    join(dirname(file), path!).replaceAll("\\", "/"),
  )
    // A template in a text is no import.
    .filter((to) => to.startsWith("src/") && !to.includes("${"))
    .map((target) => ({ file, from: folderOf(file), to: folderOf(target) }))
    .filter(({ from, to }) => from !== to),
);

test("every folder of src has its place", () => {
  const folders = new Set(files.map(folderOf));
  expect([...folders].filter((one) => !FOLDERS.includes(one))).toEqual([]);
});

test("no arrow leads from a lower folder to a higher one", () => {
  const place = (folder: string) => FOLDERS.indexOf(folder);
  const back = arrows.filter(({ from, to }) => place(from) < place(to));
  expect(back).toEqual([]);
  expect(arrows.length).toBeGreaterThan(100);
});

test("the map shows each arrow that there is, and no other", () => {
  const map = readFileSync("ARCHITECTURE.md", "utf8");
  const drawn = Array.from(
    map.matchAll(/^\| `src\/([\w-]+)`\s*\|.*\|([^|]*)\|$/gm),
    ([, from, to]) =>
      Array.from(to!.matchAll(/`([\w-]+)`/g), ([, name]) => `${from} ${name}`),
  ).flat();
  const there = new Set(arrows.map(({ from, to }) => `${from} ${to}`));
  expect(drawn.toSorted()).toEqual([...there].sort());
});
