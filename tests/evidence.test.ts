import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { claimSources } from "../src/evidence/source.ts";
import { evidenceSchema, hashOf } from "../src/evidence/evidence.ts";
import { filesOf } from "../src/evidence/files.ts";
import { toTrace } from "../src/record/trace-format.ts";

const slugs = globSync("examples/*.ts").map((file) => basename(file, ".ts"));

describe.each(slugs)("the evidence of %s", (slug) => {
  const files = filesOf(slug);
  const mend = `Record it again: npm run record ${slug}`;
  const read = () =>
    evidenceSchema.parse(JSON.parse(readFileSync(files.evidence, "utf8")));

  test("is there", () => {
    expect(existsSync(files.evidence), `No ${files.evidence}. ${mend}`).toBe(
      true,
    );
  });

  test("is of today's example and test", () => {
    const { hash } = read();
    for (const file of ["example", "test"] as const) {
      expect(
        hash[file],
        `${files[file]} changed after ${files.evidence} was recorded. ${mend}`,
      ).toBe(hashOf(files[file]));
    }
  });

  test("has every claim of the test, each with twenty runs or more", () => {
    const { claims } = read();
    const stated = claimSources(readFileSync(files.test, "utf8"), files.test);
    expect(Object.keys(claims), mend).toEqual([...stated.keys()]);
    expect(stated.size).toBeGreaterThanOrEqual(2);
    for (const { subject, controls } of Object.values(claims)) {
      expect(subject.length).toBeGreaterThanOrEqual(20);
      for (const figures of Object.values(controls)) {
        expect(figures.length).toBe(subject.length);
      }
    }
  });

  test("names no path and no user of the machine", () => {
    const text = readFileSync(files.evidence, "utf8");
    expect(text).not.toMatch(/(^|[^\w.-])\/(home|Users|root|tmp)\//m);
  });

  test("becomes a trace that Perfetto and chrome://tracing read", () => {
    const { spans, points } = read();
    const { traceEvents, displayTimeUnit } = toTrace(slug, { spans, points });
    expect(displayTimeUnit).toBe("ms");
    const complete = traceEvents.filter(({ ph }) => ph === "X");
    expect(complete).toHaveLength(spans.length);
    for (const { ts, dur, pid, tid, name } of complete) {
      expect(Number.isInteger(ts) && ts! >= 0).toBe(true);
      expect(Number.isInteger(dur) && dur! >= 0).toBe(true);
      expect([typeof pid, typeof tid]).toEqual(["number", "number"]);
      expect(name).not.toBe("");
    }
    const moments = traceEvents.filter(({ ph }) => ph === "i");
    expect(moments).toHaveLength(points.length);
    expect(moments.every(({ s, ts }) => s === "t" && ts! >= 0)).toBe(true);
    const lanes = traceEvents
      .filter(({ name }) => name === "thread_name")
      .map(({ tid }) => tid);
    for (const { tid, ph } of traceEvents) {
      if (ph !== "M") expect(lanes).toContain(tid);
    }
  });
});
