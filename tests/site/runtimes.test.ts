/** The matrix of claims and runtimes, against the files that were recorded. */
import { existsSync, readFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { parseEvidence } from "../../src/book/evidence.ts";
import { filesOf } from "../../src/book/files.ts";
import { LANGUAGES } from "../../src/book/languages.ts";
import { SLUGS } from "../../src/book/parts.ts";
import { programsOf } from "../../src/book/programs.ts";
import type { RuntimeResults } from "../../src/book/runtimes.ts";
import {
  parseReasons,
  parseRuntime,
  reasonFor,
  REASONS_FILE,
  RUNTIME_IDS,
  runtimeFile,
  RUNTIMES,
  verdictOf,
} from "../../src/book/runtimes.ts";
import { launchBrowser } from "../../src/browser/browser.ts";
import { wordsOf } from "../../src/build/words.ts";
import { openBrowser } from "../../src/runtimes/in-browser.ts";

const dist = inject("dist");
const read = (file: string) => readFileSync(file, "utf8");
const results = new Map(
  RUNTIME_IDS.map((runtime): [string, RuntimeResults] => {
    const file = runtimeFile(runtime);
    if (!existsSync(file)) return [runtime, {}];
    return [runtime, parseRuntime(read(file), runtime).value];
  }),
);
const reasons = parseReasons(read(REASONS_FILE)).value;
const evidenceOf = (slug: string) =>
  parseEvidence(read(filesOf(slug).evidence), slug);
/** All claims that are run, with what each runtime should show. */
const claims = SLUGS.flatMap((slug) =>
  Object.keys(evidenceOf(slug).claims).map((id) => ({ slug, id })),
);

/** What the files say of a claim in a column. */
function verdictIn(column: string, slug: string, id: string) {
  if (column === "node24") return "holds";
  const outcome = results.get(column)?.[slug]?.claims[id];
  return outcome ? verdictOf(outcome) : "unknown";
}

describe.each(LANGUAGES)("the matrix in “%s”", (language) => {
  const words = wordsOf(language).runtimes;
  let document: Document;
  beforeAll(() => {
    ({ document } = parseHTML(read(`${dist}/${language}/runtimes/index.html`)));
  });
  const rowOf = (slug: string, id: string) =>
    document.getElementById(`${slug}-${id}`)!;

  test("has a row for each claim that is run, and for no other", () => {
    const rows = [...document.querySelectorAll(".matrix tbody tr")];
    expect(rows.map(({ id }) => id).sort()).toEqual(
      claims.map(({ slug, id }) => `${slug}-${id}`).sort(),
    );
  });

  test("has in each cell what the files say, for the eye and the ear", () => {
    const marks = { holds: "✓", falls: "✗", unmeasured: "–", unknown: "·" };
    for (const { slug, id } of claims) {
      const cells = [...rowOf(slug, id).querySelectorAll("td")];
      expect(cells).toHaveLength(RUNTIME_IDS.length + 1);
      for (const cell of cells) {
        const column = cell.getAttribute("data-column")!;
        const verdict = verdictIn(column, slug, id);
        const mark = cell.querySelector("[role=img]")!;
        const where = `${slug}/${id} on ${column}`;
        expect(mark.textContent.trim(), where).toBe(marks[verdict]);
        expect(mark.getAttribute("aria-label"), where).toBe(words[verdict]);
      }
    }
  });

  test("explains each claim that does not hold, and each that was not measured", () => {
    let explained = 0;
    for (const { slug, id } of claims) {
      const said = rowOf(slug, id).querySelector("th")!.textContent;
      for (const runtime of RUNTIME_IDS) {
        const verdict = verdictIn(runtime, slug, id);
        if (verdict === "holds" || verdict === "unknown") continue;
        const outcome = results.get(runtime)![slug]!.claims[id]!;
        const reason = reasonFor(reasons, `${slug}/${id}`, runtime);
        explained++;
        expect(said).toContain(RUNTIMES[runtime].name);
        expect(said).toContain(words[verdict]);
        if ("missing" in outcome) {
          const need = outcome.missing as keyof typeof words.needs;
          expect(said).toContain(words.needs[need]);
        } else expect(said).toContain(reason![language]);
      }
    }
    expect(explained).toBeGreaterThan(0);
  });

  test("counts in its summary what stands in its columns", () => {
    const rows = [...document.querySelectorAll("main table")][0]!;
    const counted = [...rows.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("td")]
        .slice(0, 3)
        .map((cell) => Number(cell.textContent)),
    );
    const columns = [...document.querySelectorAll(".matrix tbody tr")].map(
      (row) =>
        [...row.querySelectorAll("td .mark")].map((mark) => mark.className),
    );
    const count = (at: number, verdict: string) =>
      columns.filter((row) => row[at]!.includes(verdict)).length;
    expect(counted).toEqual(
      counted.map((_, at) =>
        ["holds", "falls", "unmeasured"].map((verdict) => count(at, verdict)),
      ),
    );
    expect(counted).toHaveLength(RUNTIME_IDS.length + 1);
  });
});

interface Proof {
  /** Of a program in TypeScript only. */
  runtimes?: Record<string, { verdict: string; recorded: object }>;
}

test("claims.json has each claim's verdict and version on each runtime", () => {
  const { claims: all } = JSON.parse(read(`${dist}/claims.json`)) as {
    claims: (Proof & { id: string; also?: Proof })[];
  };
  for (const { slug, id } of claims) {
    const claim = all.find((one) => one.id === `${slug}/${id}`)!;
    const runtimes = (claim.runtimes ?? claim.also?.runtimes)!;
    for (const runtime of RUNTIME_IDS) {
      const result = results.get(runtime)![slug];
      if (!result?.claims[id]) continue;
      expect(runtimes[runtime]).toMatchObject({
        verdict: verdictIn(runtime, slug, id),
        recorded: result.recorded,
        hash: result.hash,
      });
    }
  }
});

test("a note says in its margin where a claim does not hold, and leads there", () => {
  let said = 0;
  for (const { slug, id } of claims) {
    const falls = RUNTIME_IDS.filter(
      (runtime) => verdictIn(runtime, slug, id) === "falls",
    );
    const { document } = parseHTML(read(`${dist}/en/${slug}/index.html`));
    const href = `a[href$="/en/runtimes/#${slug}-${id}"]`;
    const link = document.querySelector(href);
    const isShown = programsOf(slug)[0]!.language === "typescript";
    if (falls.length === 0 || !isShown) expect(link).toBeNull();
    else {
      said++;
      const names = falls.map((runtime) => RUNTIMES[runtime].name).join(", ");
      expect(link!.textContent.trim()).toBe(`not ${names}`);
    }
  }
  expect(said).toBeGreaterThan(0);
});

test("only what TypeScript proves is said to hold on runtimes", () => {
  const links = (path: string) => {
    const { document } = parseHTML(read(`${dist}/en/${path}/index.html`));
    return document.querySelectorAll('main a[href*="/en/runtimes/#"]').length;
  };
  expect(links("race/evidence")).toBeGreaterThan(0);
  expect(links("race/python")).toBe(0);
  expect(links("fastapi/evidence")).toBe(0);
  expect(links("fastapi/typescript")).toBeGreaterThan(0);
});

test("on a phone the matrix is no wider than the screen", async () => {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 360, height: 780 } });
  for (const language of LANGUAGES) {
    await page.goto(
      `${inject("origin")}${inject("base")}/${language}/runtimes/`,
    );
    const over = await page.evaluate(() => {
      const marks = [...document.querySelectorAll(".matrix td")];
      return [
        document.documentElement.scrollWidth - innerWidth,
        ...marks.map((mark) => mark.getBoundingClientRect().right - innerWidth),
      ];
    });
    expect(Math.max(...over)).toBeLessThanOrEqual(0);
  }
  await browser.close();
});

test("a claim is measured in a page of its own, as Prove it here does", async () => {
  const place = (await openBrowser("chromium"))!;
  try {
    expect(place.version).toMatch(/^\d+\./);
    const outcome = await place.measure("race", "loses-nine", 2);
    expect(outcome).toMatchObject({ subject: [1, 1] });
    expect(verdictOf(outcome)).toBe("holds");
    // It needs no page to say so.
    expect(await place.measure("http", "holds-many", 2)).toEqual({
      missing: "Node",
    });
  } finally {
    await place.close();
  }
});
