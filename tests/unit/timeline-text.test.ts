import { expect, test } from "vitest";
import { layoutTimeline } from "../../src/draw/timeline-layout.ts";
import { ASCII, BLOCKS, timelineText } from "../../src/draw/timeline-text.ts";

const layout = layoutTimeline({
  spans: [
    { name: "busy wait", start: 0, end: 50, cpu: 50 },
    { name: "timer", start: 50, end: 100, cpu: 5 },
  ],
  points: [{ name: "tick", at: 75 }],
});

test("a timeline in text shows lanes, rest and moments", () => {
  expect(timelineText(layout, 50, ASCII)).toEqual([
    "busy wait ####################",
    "timer                         ##..................",
    "tick                                    |",
    "          +-------+-------+-------+-------+------+",
    "          0       20      40      60        100 ms",
  ]);
});

test("spans of a lane that overlap have a row each", () => {
  const overlapping = layoutTimeline({
    spans: [
      { name: "wait", start: 0, end: 60 },
      { name: "wait", start: 20, end: 100 },
    ],
    points: [],
  });
  expect(timelineText(overlapping, 25, ASCII)).toEqual([
    "wait ############",
    "         ################",
    "     +---+---+---+---+--+",
    "     0   20  40    100 ms",
  ]);
});

test.each([20, 40, 80, 200])("fits %i columns", (width) => {
  for (const line of timelineText(layout, width, BLOCKS)) {
    expect(line.length).toBeLessThanOrEqual(width);
  }
});

test("is plain ASCII where it is asked to be", () => {
  expect(timelineText(layout, 80, ASCII).join("")).toMatch(/^[\x20-\x7e]*$/);
});

test("is drawn with blocks where it may be", () => {
  expect(timelineText(layout, 30, BLOCKS)).toEqual([
    "busy wait ██████████",
    "timer               █░░░░░░░░░",
    "tick                     │",
    "          ┴───┴───┴───┴───┴──┴",
    "          0   20  40    100 ms",
  ]);
});

test("cuts names that leave too little room, to the column", () => {
  expect(timelineText(layout, 15, ASCII)).toEqual([
    "busy #####",
    "time      #....",
    "tick        |",
    "     +-+-+-+-++",
    "     0   100 ms",
  ]);
});
