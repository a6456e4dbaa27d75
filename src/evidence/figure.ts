import type { Language } from "../languages.ts";
import type { Bound } from "./bound.ts";
import type { Unit } from "./evidence.ts";

/**
 * A figure as a reader sees it: three significant digits below 100, whole
 * above, with its unit. Units that are words stand apart, signs do not.
 */
export function showFigure(
  value: number,
  unit: Unit,
  language: Language,
): string {
  const digits = Math.abs(value) >= 100 ? 0 : undefined;
  const number = new Intl.NumberFormat(language, {
    ...(digits === undefined
      ? { maximumSignificantDigits: 3 }
      : { maximumFractionDigits: digits }),
  }).format(value);
  return unit === "ms" ? `${number} ms` : `${number}${unit}`;
}

/** A bound as a reader sees it: "≥ 10×". */
export function showBound(
  bound: Bound,
  unit: Unit,
  language: Language,
): string {
  return `${bound.is} ${showFigure(bound.value, unit, language)}`;
}
