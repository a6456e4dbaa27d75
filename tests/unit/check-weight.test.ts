import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { checkWeight, MOST_BYTES } from "../../src/check/check-weight.ts";

test("a page over its weight is found, with what to do", () => {
  const random = (bytes: number) => randomBytes(bytes).toString("latin1");
  // Latin-1 above ASCII takes two bytes, which compression takes back in part.
  const [finding] = checkWeight("ko", "x", random(MOST_BYTES));
  expect(finding).toMatchObject({
    file: "src/content/notes/ko/x.mdx",
    line: 1,
    message: expect.stringMatching(
      /^The page weighs \d{5} bytes, gzip -9, and 14000 at the most: shorten examples\/x\.ts/,
    ),
  });
  expect(checkWeight("ko", "x", random(MOST_BYTES / 3))).toEqual([]);
  expect(checkWeight("ko", "x", "a".repeat(10 * MOST_BYTES))).toEqual([]);
});
