import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { withOwnHashes } from "../../src/build/only-own-hashes.ts";

const hash = (text: string) =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const page = (hashes: string, body: string) =>
  `<meta http-equiv="content-security-policy" content="script-src 'self' ${hashes}; style-src 'self'">${body}`;

test("a policy keeps the hashes of its page, and loses the others", () => {
  const body = "<script>a()</script><style>b{}</style>";
  const own = `${hash("a()")} ${hash("b{}")}`;
  const given = page(`${hash("else")} ${own}`, body);
  expect(withOwnHashes(given)).toBe(page(own, body));
});

test("scripts with attributes, data and line breaks count", () => {
  const body = '<script type="speculationrules">{\n}</script>';
  const given = page(hash("{\n}"), body);
  expect(withOwnHashes(given)).toBe(given);
});

test("hashes outside of the policy stay", () => {
  const body = `<p>${hash("x")}</p>`;
  expect(withOwnHashes(page(hash("y"), body))).toContain(hash("x"));
});
