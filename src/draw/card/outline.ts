import { create } from "fontkitten";
import type { Font } from "fontkitten";
import type { Weight } from "./pretendard.ts";
import { pretendard } from "./pretendard.ts";

const fonts = new Map<Weight, Font>();

function fontOf(weight: Weight): Font {
  let font = fonts.get(weight);
  if (!font) {
    // As TrueType: fontkitten unpacks a WOFF anew for each letter, in 15 ms,
    // and keeps all of a WOFF2's letters, in 46 MB.
    const found = create(pretendard(weight));
    if (found.isCollection) throw new Error("Pretendard is several fonts.");
    fonts.set(weight, (font = found));
  }
  return font;
}

/** How wide a line of text is, in units of its size. Without kerning. */
export function widthOf(text: string, weight: Weight): number {
  const font = fontOf(weight);
  const units = font
    .glyphsForString(text)
    .reduce((sum, { advanceWidth }) => sum + advanceWidth, 0);
  return units / font.unitsPerEm;
}

/**
 * A line of text as the outlines of its letters, so that it looks the same on
 * a machine that has no Korean font. `x` and `y` are where its baseline starts.
 *
 * @throws where the font lacks a letter
 */
export function outline(
  text: string,
  {
    weight,
    size,
    x,
    y,
  }: { weight: Weight; size: number; x: number; y: number },
): string {
  const font = fontOf(weight);
  const missing = [...text].find(
    (letter) => !font.hasGlyphForCodePoint(letter.codePointAt(0)!),
  );
  if (missing !== undefined) {
    throw new Error(
      `The font of the notes' pictures, Pretendard, has no “${missing}”: leave it out of “${text}” in the note's front matter.`,
    );
  }
  const scale = size / font.unitsPerEm;
  let at = 0;
  const letters = font.glyphsForString(text).map(({ path, advanceWidth }) => {
    const letter = `<path transform="translate(${at})" d="${path.toSVG()}"/>`;
    at += advanceWidth;
    return letter;
  });
  // A font's y axis points up.
  return `<g transform="translate(${x} ${y}) scale(${scale} ${-scale})">${letters.join("")}</g>`;
}

/**
 * Breaks text at its spaces into lines of at most `width`, in units of its
 * size. What does not fit into `most` lines is left out, with an ellipsis.
 */
export function linesOf(
  text: string,
  { weight, width, most }: { weight: Weight; width: number; most: number },
): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (widthOf(longer, weight) <= width) lines.splice(-1, 1, longer);
    else if (lines.length < most) lines.push(word);
    else return [...lines.slice(0, -1), `${lines.at(-1)} …`];
  }
  return lines;
}
