import { expect, test } from "vitest";
import { needOfNode, whereItRuns } from "../../src/book/where-it-runs.ts";

test.each([
  ["export const A = 1;", "page"],
  ['import { Worker } from "node:worker_threads";', "page"],
  ['import {\n  Worker,\n} from "node:worker_threads";', "page"],
  ["new SharedArrayBuffer(4);", "isolated page"],
  ['import { createServer } from "node:http";', "node"],
  ['import {\n  createServer,\n} from "node:http";', "node"],
  ['import "node:fs";', "node"],
  ['const { readFile } = await import("node:fs/promises");', "page"],
])("%j runs on: %s", (source, where) => {
  expect(whereItRuns(source)).toBe(where);
});

test("a claim needs Node for the first thing that no browser has", () => {
  expect(needOfNode([])).toBeUndefined();
  expect(needOfNode(["two cores", "shared memory"])).toBeUndefined();
  expect(needOfNode(["two cores", "files", "processes"])).toBe("files");
});
