import declared from "../content/in-step.json" with { type: "json" };
import type { Language } from "./languages.ts";
import type { Declared } from "./in-step.ts";
import { changedSince, pairOf } from "./in-step.ts";

/**
 * The language whose note says more than the other's of that slug; none where
 * they are in step, and where nobody knows.
 */
export function newerLanguage(slug: string): Language | undefined {
  const before = (declared as Declared)[slug];
  if (!before) return undefined;
  const [newer, both] = changedSince(before, pairOf(slug));
  return both ? undefined : newer;
}
