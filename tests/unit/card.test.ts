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

/** What is drawn, without its letters, and in whole pixels. */
function strokesOf(svg: string): string[] {
  return svg
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<path[^>]*\/>/g, "")
    .replace(/-?\d+\.\d+/g, (length) => Number(length).toFixed())
    .replace(/ scale\([^)]*\)/g, "")
    .split(/(?=<)/)
    .map((stroke) => stroke.trim());
}

test("a picture, stroke by stroke", () => {
  const strokes = strokesOf(cardSvg(card));
  const mark = strokes.indexOf("</svg>");
  expect(strokes.slice(0, 3)).toEqual([
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">',
    '<rect class="paper" width="100%" height="100%"/>',
    '<svg x="68" y="54" width="36" height="36" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">',
  ]);
  const group = (x: number, y: number) => [
    `<g transform="translate(${x} ${y})">`,
    "</g>",
  ];
  const soft = (...inside: string[]) => ['<g class="soft">', ...inside, "</g>"];
  const lane = (n: number, y: number, what: string) => [
    ...group(72, y),
    `<svg class="l${n}" x="362" y="${y - 28}" width="766" height="40" viewBox="0 0 479 12" preserveAspectRatio="none">`,
    what,
    "</svg>",
  ];
  const bar = '<rect x="0%" width="100%" class="open"/>';
  expect(strokes.slice(mark + 1)).toEqual([
    ...group(118, 82),
    ...group(72, 176),
    ...soft(...group(323, 176)),
    ...soft(...group(72, 240)),
    ...[362, 515, 668, 822, 975, 1128].map(
      (x) => `<line x1="${x}" x2="${x}" y1="392" y2="560"/>`,
    ),
    ...lane(0, 428, bar),
    ...lane(1, 484, bar),
    ...lane(2, 540, '<rect x="50%"/>'),
    ...soft(...group(362, 586), ...group(1076, 586)),
    "</svg>",
  ]);
});

test("many lanes share the room under the definition", () => {
  const names = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
  const definition = "기다린다 ".repeat(40).trim();
  const layout = layoutTimeline({ spans: names.map(lane), points: [] });
  const strokes = strokesOf(cardSvg({ ...card, definition, layout }));
  // Three lines of 44 pixels from 240 on, 36 to the drawing, and its end at 560.
  expect(strokes).toContain('<line x1="362" x2="362" y1="364" y2="560"/>');
  const lanes = strokes.filter((stroke) => stroke.includes('class="l'));
  expect(lanes.map((stroke) => /class="l(\d)"/.exec(stroke)![1])).toEqual([
    "0",
    "1",
    "2",
    "3",
    "4",
    "0",
    "1",
    "2",
    "3",
  ]);
  expect(lanes[0]).toContain('y="367" width="766" height="16"');
  for (const y of [240, 284, 328]) {
    expect(strokes).toContain(`<g transform="translate(72 ${y})">`);
  }
});

test("letters are as large as their line, and a lane's name as its room", () => {
  const sizes = (svg: string) =>
    [...svg.matchAll(/translate\((\d+) [\d.]+\) scale\(([\d.]+) -\2\)/g)].map(
      // 2,048 units are one em.
      ([, x, scale]) => [Number(x), Math.round(Number(scale) * 2048)],
    );
  expect(sizes(cardSvg(card))).toEqual([
    [118, 26],
    [72, 68],
    [72, 30],
    [72, 23],
    [72, 23],
    [72, 23],
    [362, 20],
  ]);
  const long = "이름이 아주 긴 레인 하나의 이름";
  const [, , , ...names] = sizes(cardSvg({ ...card, name: () => long }));
  const size = Math.round(274 / widthOf(long, "regular"));
  expect(size).toBeLessThan(23);
  expect(names[0]).toEqual([72, size]);
});

test("colours are those of the style sheet's light theme", () => {
  const style = /<style>(.*?)<\/style>/s.exec(cardSvg(card))![1]!;
  const hex = String.raw`#[0-9a-f]{6}`;
  expect(style).toMatch(
    new RegExp(
      `^svg{fill:${hex}}\\.paper{fill:${hex}}\\.soft{fill:${hex}}line{stroke:${hex};stroke-width:2}` +
        [0, 1, 2, 3, 4].map((n) => `\\.l${n}{fill:${hex}}`).join("") +
        String.raw`svg\[class\] rect{height:12px;rx:2px}svg\[class\] rect:not\(\[width\]\){width:2px;rx:0}` +
        String.raw`\.open{opacity:0?\.\d+}\.rest{opacity:0?\.\d+}$`,
    ),
  );
});
