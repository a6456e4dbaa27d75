import { expect, test } from "vitest";
import { cardSvg } from "../../src/draw/card/card-svg.ts";
import { linesOf, outline, widthOf } from "../../src/draw/card/outline.ts";
import { unpackWoff } from "../../src/draw/card/unpack-woff.ts";
import { layoutTimeline } from "../../src/draw/timeline-layout.ts";

const lane = (name: string) => ({ name, start: 0, end: 10 });
const card = {
  site: "실측 동시성",
  title: "바쁜 대기",
  term: "busy waiting",
  definition: "쉬지 않고 <확인을> 되풀이하며 기다리는 방식이다.",
  layout: layoutTimeline({
    spans: [lane("poll"), lane("timer")],
    points: [{ name: "neighbour", at: 5 }],
  }),
  name: (track: string) => track,
};

test("a picture needs no font: its letters are outlines", () => {
  const svg = cardSvg(card);
  expect(svg).not.toMatch(/<text|[가-힣]/);
  const letters = [card.title, card.term, card.definition, card.site]
    .join("")
    .replaceAll(" ", "");
  const drawn = svg.match(/<path transform="[^"]+" d="M/g) ?? [];
  expect(drawn.length).toBeGreaterThan([...letters].length);
});

test("a picture has every lane of the timeline", () => {
  const svg = cardSvg(card);
  for (const colour of ["l0", "l1", "l2"]) {
    expect(svg).toContain(`<svg class="${colour}"`);
  }
});

test("a title that is too long for one line is drawn smaller", () => {
  const scaleOf = (title: string) =>
    Math.max(
      ...Array.from(
        cardSvg({ ...card, title }).matchAll(/scale\(([\d.]+) -/g),
        ([, scale]) => Number(scale),
      ),
    );
  expect(scaleOf("대기".repeat(20))).toBeLessThan(scaleOf("대기") / 2);
});

test("text breaks at its spaces, and ends with an ellipsis where it must", () => {
  const text = "쉬지 않고 확인을 되풀이하며 기다리는 방식이다.";
  const box = { weight: "regular", width: 8 } as const;
  const lines = linesOf(text, { ...box, most: 9 });
  expect(lines.join(" ")).toBe(text);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) {
    expect(widthOf(line, "regular")).toBeLessThanOrEqual(8);
  }
  const cut = linesOf(text, { ...box, most: 2 });
  expect(cut).toHaveLength(2);
  expect(cut.join(" ")).toBe(`${lines.slice(0, 2).join(" ")} …`);
});

test("a letter that the font lacks is named, not drawn as a box", () => {
  const at = { weight: "bold", size: 20, x: 0, y: 0 } as const;
  expect(() => outline("대기𓀀", at)).toThrow("has no “𓀀”");
});

test("what is no WOFF is not unpacked", () => {
  expect(() => unpackWoff(Buffer.from("wOF2 is another"))).toThrow("No WOFF");
});
