import type { Language } from "../book/languages.ts";
import type { Bound } from "../measure/bound.ts";
import type { Unit } from "../measure/measured-claim.ts";

/**
 * A figure as a reader sees it: three significant digits below 100, whole
 * above, and one below 0.1, where it says no more than how small it is. Units
 * that are words stand apart, signs do not.
 */
export function showFigure(
  value: number,
  unit: Unit,
  language: Language,
): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? "whole" : size < 0.1 ? "one" : "three";
  const number = formatOf(language, digits).format(value);
  return unit === "ms" ? `${number} ms` : `${number}${unit}`;
}

const DIGITS = {
  whole: { maximumFractionDigits: 0 },
  three: { maximumSignificantDigits: 3 },
  one: { maximumSignificantDigits: 1 },
} as const;
const formats = new Map<string, Intl.NumberFormat>();

/** Making a format takes longer than a thousand uses of it. */
function formatOf(
  language: Language,
  digits: keyof typeof DIGITS,
): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  const format =
    formats.get(key) ?? new Intl.NumberFormat(language, DIGITS[digits]);
  formats.set(key, format);
  return format;
}

/** A bound as a reader sees it: "≥ 10×". */
export function showBound(
  bound: Bound,
  unit: Unit,
  language: Language,
): string {
  return `${bound.is} ${showFigure(bound.value, unit, language)}`;
}
