import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { barePage } from "../../src/commands/bench/bare-page.ts";

async function complaint(...args: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [
    "src/commands/bench.ts",
    ...args,
  ]);
  const { code, stderr } = await run.then(
    () => ({ code: 0, stderr: "" }),
    (error: { code: number; stderr: string }) => error,
  );
  expect(code).toBe(1);
  return stderr.trim();
}

test.each([
  [["busy-wiat"], "There is no examples/busy-wiat.ts. The examples are: "],
  [["--runs", "0"], "--runs takes a whole number from 1 on, not “0”."],
  [["--notes", "9"], "--notes takes a whole number from 100 on, not “9”."],
  [
    ["busy-wait", "--notes", "100"],
    "--notes N builds generated notes: it takes no slug beside it.",
  ],
  [["--note", "100"], "Unknown option '--note'"],
])("npm run bench -- %j says what is wrong", async (args, said) => {
  expect(await complaint(...args)).toContain(said);
});

test("a bare page says the same without its design", () => {
  const bare = barePage(
    `<!DOCTYPE html><html lang="ko"><head><title>대기</title><style>a{}</style></head><body><nav>x</nav><main class="m"><p class="p" id="a">한 <a class="l" href="/b">글</a><button>1</button></p><figure><pre class="shiki"><b>let</b> a</pre><svg></svg></figure><script>1</script></main></body></html>`,
  );
  expect(bare).toContain('<html lang="ko">');
  expect(bare).toContain("<title>대기</title>");
  expect(bare).toMatch(
    /<main><p id="a">한 <a href="\/b">글<\/a><\/p><pre><b>let<\/b> a<\/pre><\/main>$/,
  );
});
