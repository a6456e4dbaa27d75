/** What was measured on other runtimes: read, judged, and checked. */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checksumOf } from "../../src/book/checksum.ts";
import type {
  Outcome,
  RuntimeId,
  RuntimeResults,
  SlugResult,
} from "../../src/book/runtimes.ts";
import {
  asksForReason,
  parseReasons,
  parseRuntime,
  REASONS_FILE,
  recordCommand,
  RUNTIME_IDS,
  verdictOf,
} from "../../src/book/runtimes.ts";
import { checkRuntimes } from "../../src/check/check-runtimes.ts";
import { report } from "../../src/check/finding.ts";
import {
  newlyFallen,
  runtimesNamed,
} from "../../src/commands/record/elsewhere.ts";
import { idsOfRunClaims } from "../../src/book/source.ts";
import { outcomeOf } from "../../src/runtimes/place.ts";

const measured = (subject: number[], control: number[]): Outcome => ({
  figure: "ones",
  unit: "",
  bound: { is: "=", value: 1 },
  subject,
  controls: { none: { leavesOut: "the one", figures: control } },
});
const HOLDS = measured([1, 1], [0, 0]);
const FALLS = measured([1, 0], [0, 0]);

describe("a claim on another runtime", () => {
  test.each<[string, Outcome, string, boolean]>([
    ["holds in all runs", HOLDS, "holds", false],
    ["fails in one run", FALLS, "falls", true],
    ["holds without it in one run", measured([1, 1], [0, 1]), "falls", true],
    ["lacks something", { missing: "files" }, "unmeasured", false],
    ["did not end", { hungAfter: 90 }, "unmeasured", true],
    ["threw", { failed: "Error: no" }, "unmeasured", true],
    ["came to no number", { noFigure: true }, "unmeasured", true],
  ])("that %s is judged", (_, outcome, verdict, asks) => {
    expect(verdictOf(outcome)).toBe(verdict);
    expect(asksForReason(outcome)).toBe(asks);
  });

  test("has no figure where JSON has null for one, in a control too", () => {
    const told = (subject: (number | null)[], control: (number | null)[]) =>
      outcomeOf({
        measured: measured(subject as number[], control as number[]),
      } as never);
    expect(told([1, null], [0, 0])).toEqual({ noFigure: true });
    expect(told([1, 1], [null, 0])).toEqual({ noFigure: true });
    expect(told([1, 1], [0, 0])).toEqual(HOLDS);
  });

  test("is one that is run, and not explored in every order", () => {
    const source = 'claim("a", {});\ninEveryOrder("b", {});\nclaim("c", {});';
    expect(idsOfRunClaims(source, "x.test.ts")).toEqual(["a", "c"]);
  });
});

const HASH = { example: "1", test: "2", measuring: "3" };

function resultOf(
  claims: Record<string, Outcome>,
  given: Partial<SlugResult> = {},
): SlugResult {
  const recorded = {
    date: "2026-01-01",
    runtime: "Deno 2.0.0",
    os: "linux x64",
    cpu: "",
    cores: 2,
  };
  const result = { hash: HASH, recorded, claims, ...given };
  return { ...result, checksum: checksumOf(result) };
}

/** What the check says of the results of some runtimes. */
function said(
  results: Partial<Record<RuntimeId, RuntimeResults>>,
  reasons: object[] = [],
  today: object = HASH,
): string {
  const read = Object.entries(results).map(([id, value]) => {
    const runtime = id as RuntimeId;
    const text = JSON.stringify(value, null, 2);
    return [runtime, parseRuntime(text, runtime)] as const;
  });
  const slugs = ["race", "mutex"]
    .filter((slug) => Object.values(results).some((one) => slug in one))
    .map((slug) => ({ slug, hash: today, test: "" }));
  return report(
    checkRuntimes(
      {
        results: new Map(read),
        reasons: parseReasons(JSON.stringify(reasons, null, 2)),
      },
      slugs,
      () => "3",
    ),
  );
}

const REASON = {
  of: ["race/lost"],
  on: ["deno"],
  en: "It is another engine, which does it in another way.",
  ko: "엔진이 달라서 하는 방식도 다르다.",
};

describe("the check", () => {
  test("has nothing to say of results of today's code in which all holds", () => {
    expect(said({ deno: { race: resultOf({ lost: HOLDS }) } })).toBe("");
  });

  test.each([
    ["example", "8"],
    ["test", "8"],
  ])("warns of results of an older %s, with the command", (of, hash) => {
    const results = { race: resultOf({ lost: HOLDS }) };
    const deno = said({ deno: results }, [], { ...HASH, [of]: hash });
    expect(deno).toBe(
      "src/content/runtimes/deno.json:1: warning: Of all examples there is nothing of today's code from Deno: npm run record -- --runtime deno",
    );
  });

  test("warns of other code that measures", () => {
    const old = resultOf(
      { lost: HOLDS },
      { hash: { ...HASH, measuring: "9" } },
    );
    expect(said({ bun: { race: old } })).toContain("--runtime bun");
  });

  test("warns of what one runtime of two has not measured, and names it", () => {
    const [race, mutex] = [resultOf({ lost: HOLDS }), resultOf({ a: HOLDS })];
    expect(said({ deno: { race, mutex }, bun: { race } })).toBe(
      "src/content/runtimes/bun.json:1: warning: Of mutex there is nothing of today's code from Bun: npm run record -- --runtime bun mutex",
    );
  });

  test("refuses what was changed by hand, with its line", () => {
    const race = { ...resultOf({ lost: FALLS }), claims: { lost: HOLDS } };
    expect(said({ deno: { race } })).toBe(
      "src/content/runtimes/deno.json:2: “race” was changed after it was recorded, by hand or by a merge (its checksum is another's): npm run record -- --runtime deno race",
    );
  });

  test("refuses results of no example", () => {
    expect(said({ deno: { gone: resultOf({}) } })).toContain(
      "deno.json:2: There is no examples/gone.ts: drop “gone” from here.",
    );
  });

  test.each([
    ["does not hold", { lost: FALLS }],
    ["did not end", { lost: { hungAfter: 90 } }],
  ])("asks why a claim %s, until somebody says it", (_, claims) => {
    const deno = { race: resultOf(claims as Record<string, Outcome>) };
    expect(said({ deno })).toMatch(
      /^src\/content\/runtimes\/deno\.json:\d+: “race\/lost” is not what it is in Node 24, and nobody says why: add to src\/content\/reasons\.json \{ "of": \["race\/lost"\], "on": \["deno"\]/,
    );
    expect(said({ deno }, [REASON])).toBe("");
  });

  test("asks for no reason where it is known what is missing", () => {
    const race = resultOf({ lost: { missing: "files" } });
    expect(said({ firefox: { race } })).toBe("");
  });

  test("asks why a program does not end", () => {
    const race = resultOf({ lost: HOLDS }, { program: { hungAfter: 90 } });
    expect(said({ deno: { race } })).toContain("“race” is not what it is");
    const reason = { ...REASON, of: ["race"] };
    expect(said({ deno: { race } }, [reason])).toBe("");
  });

  test("warns of a reason for what holds", () => {
    const deno = { race: resultOf({ lost: HOLDS }) };
    expect(said({ deno }, [REASON])).toBe(
      `${REASONS_FILE}:4: warning: “race/lost” asks for no reason on Deno: drop it, or “deno”.`,
    );
  });
});

describe("a mistake in the files is told of with its line", () => {
  test.each([
    ["no JSON", "{", "This is no JSON"],
    [
      "a verdict typed by hand",
      '{\n "race": {\n  "claims": { "lost": "holds" }\n }\n}',
      "“race.hash” is wrong",
    ],
  ])("%s among results", (_, text, says) => {
    expect(() => parseRuntime(text, "deno")).toThrow(says);
  });

  test.each([
    ["a runtime that there is not", { ...REASON, on: ["demo"] }, "0.on.0"],
    ["no claim", { ...REASON, of: [] }, "0.of"],
    ["no sentence", { ...REASON, en: "because" }, "0.en"],
    ["no Korean sentence", { ...REASON, ko: "Because it is so." }, "0.ko"],
    ["one language only", { ...REASON, ko: undefined }, "0.ko"],
  ])("%s in a reason", (_, reason, where) => {
    const text = JSON.stringify([reason], null, 2);
    expect(() => parseReasons(text)).toThrow(`“${where}” is wrong`);
  });
});

describe("what is told of claims that fell", () => {
  test("names the figures, the bound and both versions", () => {
    const [told, ...others] = newlyFallen(
      "race",
      resultOf({ lost: HOLDS, kept: HOLDS }),
      resultOf(
        { lost: FALLS, kept: HOLDS },
        {
          recorded: {
            ...resultOf({}).recorded,
            runtime: "Deno 3.0.0",
          },
        },
      ),
    );
    expect(others).toEqual([]);
    expect(told).toContain("The claim race/lost falls.");
    expect(told).toContain("subject: 1, 0");
    expect(told).toContain("Deno 3.0.0, linux x64; it held on Deno 2.0.0");
  });

  test("counts what can no longer be measured, and nothing that fell before", () => {
    const hung = resultOf({ lost: { hungAfter: 90 } });
    const [told] = newlyFallen("race", resultOf({ lost: HOLDS }), hung);
    expect(told).toContain("race/lost cannot be measured any more");
    expect(newlyFallen("race", resultOf({ lost: FALLS }), hung)).toEqual([]);
    expect(newlyFallen("race", undefined, hung)).toEqual([]);
  });
});

test("runtimes are named one by one, with commas, or all", () => {
  expect(runtimesNamed("deno")).toEqual(["deno"]);
  expect(runtimesNamed("bun,node22")).toEqual(["bun", "node22"]);
  expect(runtimesNamed("all")).toEqual(RUNTIME_IDS);
  expect(() => runtimesNamed("deno,dino")).toThrow(
    "There is no runtime “dino”. They are: node22, node26, deno,",
  );
  expect(recordCommand(RUNTIME_IDS)).toBe("npm run record -- --runtime all");
});

test("what is kept names no path and no user of the machine", () => {
  for (const file of globSync("src/content/runtimes/*.json")) {
    const text = readFileSync(file, "utf8");
    expect(text, file).not.toMatch(/(^|[^\w.-])\/(home|Users|root|tmp)\//m);
  }
});
