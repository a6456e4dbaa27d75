import { describe, expect, test } from "vitest";
import { atLeast, exactly } from "../../src/measure/bound.ts";
import { explain } from "../../src/measure/explain.ts";
import type { Claim, Measure } from "../../src/measure/measure-claim.ts";
import { faultOf, measureClaim } from "../../src/measure/measure-claim.ts";
import type { MeasuredClaim } from "../../src/measure/measured-claim.ts";

const control = (measure: Measure) => ({ leavesOut: "the wait", measure });

const stated: Claim = {
  figure: "turns of the neighbour",
  unit: "",
  bound: exactly(0),
  subject: () => 0,
  controls: { timer: control(() => 9) },
};

async function verdict(claim: Claim): Promise<string | undefined> {
  const measured = await measureClaim(claim, 3);
  const fault = faultOf(measured);
  return (
    fault && explain("busy-wait", "keeps-the-thread", measured, fault, "load 0")
  );
}

describe("a claim", () => {
  test("stands when its bound holds for the subject and not for the control", async () => {
    expect(await verdict(stated)).toBeUndefined();
  });

  test("falls with the subject, and says figure, bound, control and machine", async () => {
    const message = await verdict({ ...stated, subject: () => 9 });
    expect(message).toMatch(/^The claim busy-wait\/keeps-the-thread falls\.$/m);
    expect(message).toContain("figure:  turns of the neighbour");
    expect(message).toContain("bound:   = 0");
    expect(message).toContain("subject: 9, 9, 9   <- the bound does not hold");
    expect(message).toContain("control: 9, 9, 9 (timer)");
    expect(message).toMatch(/machine: load 0, 3 run\(s\)/);
    expect(message).toContain("no longer shows what the notes state");
  });

  test("falls with a subject for which the bound fails once", async () => {
    let run = 0;
    const message = await verdict({ ...stated, subject: () => run++ });
    expect(message).toContain("subject: 0, 1, 2   <- the bound does not hold");
  });

  test("falls with a control for which the bound holds once", async () => {
    let run = 0;
    const message = await verdict({
      ...stated,
      controls: { ...stated.controls, broken: control(() => run++) },
    });
    expect(message).toContain("(broken)   <- the bound holds, and must not");
    expect(message).not.toContain("(timer)   <-");
    expect(message).toContain("proves nothing");
  });

  test("says no more than that, in this order", () => {
    const measured: MeasuredClaim = {
      figure: "turns",
      unit: "ms",
      bound: exactly(0),
      subject: [0],
      controls: {
        broken: { leavesOut: "the wait", figures: [0, 1] },
        timer: { leavesOut: "the wait", figures: [9] },
      },
    };
    expect(
      explain(
        "race",
        "id",
        measured,
        { kind: "controls", names: ["broken"] },
        "m",
      ),
    ).toBe(
      [
        "The claim race/id falls.",
        "  figure:  turns",
        "  bound:   = 0 ms",
        "  subject: 0 ms",
        "  control: 0, 1 ms (broken)   <- the bound holds, and must not",
        "  control: 9 ms (timer)",
        "  machine: m, 1 run(s)",
        "  The bound holds without the concept too, so it proves nothing: choose a bound that tells them apart.",
      ].join("\n"),
    );
    const alone = { ...measured, controls: {} };
    expect(explain("race", "id", alone, { kind: "uncontrolled" }, "m")).toBe(
      [
        "The claim race/id falls.",
        "  figure:  turns",
        "  bound:   = 0 ms",
        "  subject: 0 ms",
        "  machine: m, 1 run(s)",
        "  It has no control, so nothing shows that it could fail.",
      ].join("\n"),
    );
  });

  test("falls without a control", async () => {
    expect(await verdict({ ...stated, controls: {} })).toContain("no control");
  });

  test("does not stand on a figure that is no number", async () => {
    const message = await verdict({ ...stated, subject: () => NaN });
    expect(message).toContain("belongs into the claim's `needs`");
    const controls = { blind: control(() => NaN) };
    expect(await verdict({ ...stated, controls })).toContain("is no number");
  });

  test("is judged by what was measured, not by a rounded figure", async () => {
    const almost = { ...stated, bound: exactly(100), subject: () => 99.9999 };
    expect(await verdict(almost)).toContain("the bound does not hold");
    const { subject } = await measureClaim(almost, 1);
    expect(subject).toEqual([99.9999]);
  });
});

describe("tries", () => {
  test("double the dose until the bound holds, and the control gets that dose", async () => {
    const doses: number[] = [];
    const controlDoses: number[] = [];
    const measured = await measureClaim(
      {
        ...stated,
        bound: atLeast(10),
        subject: (dose) => (doses.push(dose), dose * 3),
        controls: { none: control((dose) => (controlDoses.push(dose), 1)) },
        tries: 5,
      },
      1,
    );
    expect(doses).toEqual([1, 2, 4]);
    expect(controlDoses).toEqual([4]);
    expect(measured.subject).toEqual([12]);
  });

  test("end with the last dose when no try succeeds", async () => {
    const doses: number[] = [];
    const subject = (dose: number) => (doses.push(dose), 1);
    const claim = { ...stated, bound: atLeast(10), subject, tries: 3 };
    expect(faultOf(await measureClaim(claim, 1))?.kind).toBe("subject");
    expect(doses).toEqual([1, 2, 4]);
  });
});
