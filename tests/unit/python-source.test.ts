import { describe, expect, test } from "vitest";
import {
  checkedPython,
  countedPython,
  linesWith,
  pythonFunctions,
  pythonNumbers,
} from "../../src/book/python-source.ts";

const SOURCE = `"""What it shows: (

    python3 examples/x.py
"""

import time

WAIT = 0.07  # seconds, not 99


@app.get("/")
async def first(wait: float):
    """Waits."""
    print("# no comment", '"""', f"{wait * 1_000:.1f}")


def second(
    a,
):
    return [
        "a"
        "b"
    ]


if __name__ == "__main__":
    first()
`;

describe("what of Python counts for a hash", () => {
  const counted = countedPython(SOURCE);
  test.each([
    ["a comment", SOURCE.replace("seconds, not 99", "s")],
    ["a comment on a line of its own", SOURCE.replace("import", "# x\nimport")],
    ["a blank line", SOURCE.replace("WAIT", "\n\nWAIT")],
    ["the docstring of the file", SOURCE.replace("What it shows: (", "It")],
    ["the docstring of a function", SOURCE.replace('"""Waits."""', '""" """')],
  ])("not %s", (_, changed) => {
    expect(changed).not.toBe(SOURCE);
    expect(countedPython(changed)).toBe(counted);
  });
  test.each([
    ["a number", SOURCE.replace("0.07", "0.08")],
    ["what is printed", SOURCE.replace("# no comment", "# comment")],
    ["a text on a line of its own", SOURCE.replace('"b"', '"c"')],
    ["how deep a line stands", SOURCE.replace("    first()", "first()")],
  ])("but %s", (_, changed) => {
    expect(changed).not.toBe(SOURCE);
    expect(countedPython(changed)).not.toBe(counted);
  });
});

test("functions come with their decorators, to where the next line begins", () => {
  const functions = pythonFunctions(SOURCE);
  expect([...functions.keys()]).toEqual(["first", "second"]);
  expect(functions.get("first")).toMatch(/^@app\.get[\s\S]*\.1f\}"\)$/);
  expect(functions.get("second")).toMatch(/^def second[\s\S]*"b"\n {4}\]$/);
});

test("numbers are told in milliseconds too, and not those of comments", () => {
  const numbers = pythonNumbers(SOURCE);
  expect(numbers).toContain(0.07);
  expect(numbers).toContain(70);
  expect(numbers).not.toContain(99);
  expect(pythonNumbers("n = 1_000 + 1e3\nx2 = y.5")).not.toContain(2);
});

test.each([
  ["print((1)\n", 1, "A bracket lacks its “)”."],
  ["x = [\n  1\n", 1, "A bracket lacks its “]”."],
  ["x = 1\ny = 2)\n", 2, "“)” closes nothing."],
  ["x = (1]\n", 1, "“]” closes nothing."],
  ["x = 'a\n", 1, "A quote does not close."],
  ['"""never', 1, "A quote does not close."],
])("%j is no Python", (source, line, fault) => {
  expect(() => checkedPython(source, "x.py")).toThrow(
    `x.py:${line}: This is no Python: ${fault}`,
  );
});

test("what is Python is given back", () => {
  expect(checkedPython(SOURCE, "x.py")).toBe(SOURCE);
});

test("a pattern is looked for in code alone", () => {
  expect(linesWith(/comment|WAIT/, SOURCE)).toEqual([
    { line: 8, text: "WAIT" },
  ]);
});
