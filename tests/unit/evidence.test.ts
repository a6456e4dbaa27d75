import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { evidenceSchema } from "../../src/book/evidence.ts";
import { programsOf } from "../../src/book/programs.ts";
import { toTrace } from "../../src/measure/trace-format.ts";

const slugs = globSync("examples/*.ts").map((file) => basename(file, ".ts"));
const programs = slugs.flatMap((slug) => programsOf(slug));

describe.each(programs)("the evidence of $example", ({ example, evidence }) => {
  const read = () =>
    evidenceSchema.parse(JSON.parse(readFileSync(evidence, "utf8")));

  test("has twenty runs or more of every claim", () => {
    const { claims } = read();
    for (const { subject, controls } of Object.values(claims)) {
      expect(subject.length).toBeGreaterThanOrEqual(20);
      for (const { figures } of Object.values(controls)) {
        expect(figures.length).toBe(subject.length);
      }
    }
  });

  test("names no path and no user of the machine", () => {
    const text = readFileSync(evidence, "utf8");
    expect(text).not.toMatch(/(^|[^\w.-])\/(home|Users|root|tmp)\//m);
  });

  test("becomes a trace that Perfetto and chrome://tracing read", () => {
    const { spans, points } = read();
    const { traceEvents, displayTimeUnit } = toTrace(example, {
      spans,
      points,
    });
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
