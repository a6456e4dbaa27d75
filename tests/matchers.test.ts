import { describe, expect, test } from "vitest";
import "./matchers.ts";
import type { Span } from "../src/timeline/spans.ts";

function span(start: number, end: number, more: Partial<Span> = {}): Span {
  return { ...{ name: "job", track: "job", thread: 0 }, start, end, ...more };
}

const inTurn = [span(0, 10), span(10, 20), span(20, 30)];
const together = [span(0, 10), span(1, 11), span(2, 12)];

/** The message of a failing assertion. */
function failureOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("The assertion passed.");
}

describe("toOverlap", () => {
  test("passes when one instant lies in all the spans", () => {
    expect(together).toOverlap();
  });
  test("fails when two of three overlap", () => {
    expect([span(0, 10), span(5, 15), span(12, 20)]).not.toOverlap();
  });
  test("fails when spans only touch", () => {
    expect([span(0, 10), span(10, 20)]).not.toOverlap();
  });
  test("fails for a single span, and for none", () => {
    expect([span(0, 10)]).not.toOverlap();
    expect([]).not.toOverlap();
  });
  test("says what decided, and shows the spans", () => {
    const message = failureOf(() => expect(inTurn).toOverlap());
    expect(message).toContain("inside all 3 spans; common part is -10.00 ms");
    expect(message).toContain("job [10.00 .. 20.00] thread 0");
  });
});

describe("toPeakAt", () => {
  test("passes at the exact peak only", () => {
    expect(together).toPeakAt(3);
    expect(together).not.toPeakAt(2);
    expect(together).not.toPeakAt(4);
  });
  test("counts an end before a start of the same moment", () => {
    expect(inTurn).toPeakAt(1);
  });
  test("counts no span as none", () => {
    expect([]).toPeakAt(0);
    expect([]).not.toPeakAt(1);
  });
});

describe("toPrecede", () => {
  test("passes when all ends come before all starts", () => {
    expect(inTurn.slice(0, 2)).toPrecede(inTurn.slice(2));
  });
  test("fails when one overlaps", () => {
    expect(together.slice(0, 1)).not.toPrecede(together.slice(1));
  });
  test("fails when either side is empty", () => {
    expect([]).not.toPrecede(inTurn);
    expect(inTurn).not.toPrecede([]);
  });
});

describe("toTurnTheLoop and toBlockTheLoop", () => {
  test("hold for each span, not for their sum", () => {
    const spans = [span(0, 1, { turns: 8 }), span(1, 2, { turns: 0 })];
    expect(spans).not.toTurnTheLoop({ min: 1 });
    expect(spans).toTurnTheLoop({ min: 0, max: 8 });
    expect(spans).not.toTurnTheLoop({ max: 7 });
    expect(spans).not.toBlockTheLoop();
    expect(spans.slice(1)).toBlockTheLoop();
  });
  test("fail where turns were not counted", () => {
    expect([span(0, 1)]).not.toBlockTheLoop();
    expect([span(0, 1)]).not.toTurnTheLoop({});
  });
});

describe("toIdle", () => {
  test("asks for that much idle time in each span", () => {
    expect([span(0, 30, { idle: 29 })]).toIdle(15);
    expect([span(0, 30, { idle: 14 })]).not.toIdle(15);
    expect([span(0, 30)]).not.toIdle(0);
    expect([]).not.toIdle(0);
  });
});

describe("toTakeAtLeast", () => {
  test("leaves 1 ms for each timer in series", () => {
    expect([span(0, 57)]).toTakeAtLeast(60, { timers: 3 });
    expect([span(0, 56.9)]).not.toTakeAtLeast(60, { timers: 3 });
    expect([span(0, 59.9)]).not.toTakeAtLeast(60);
  });
});

test("a failure shows at most twelve spans", () => {
  const many = Array.from({ length: 20 }, (_, n) => span(n, n + 0.5));
  const message = failureOf(() => expect(many).toOverlap());
  expect(message.match(/job \[/g)).toHaveLength(12);
  expect(message).toContain("and 8 more");
});
