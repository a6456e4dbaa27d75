import type { Need } from "../measure/needs.ts";

/** Where an example can run, as far as its source tells. */
export type WhereItRuns =
  /** In any browser. */
  | "page"
  /** Where the page is cross-origin isolated: it shares memory. */
  | "isolated page"
  /** In Node only. */
  | "node";

/** Modules of Node that have a stand-in in the browser. */
const STAND_INS = new Set(["node:worker_threads"]);

/**
 * Reads from an example's imports where it can run. A module that it imports
 * dynamically is one that it can do without.
 */
export function whereItRuns(source: string): WhereItRuns {
  const imported = [...source.matchAll(/^\} from "(.+)";|^import .*"(.+)";/gm)];
  const modules = imported.map(([, many, one]) => many ?? one ?? "");
  if (modules.some((name) => !STAND_INS.has(name))) return "node";
  return /\bSharedArrayBuffer\b/.test(source) ? "isolated page" : "page";
}

/** What a browser may have of what claims need. */
const IN_BROWSERS: ReadonlySet<Need> = new Set(["two cores", "shared memory"]);

/** The first need that no browser meets, if there is one. */
export function needOfNode(needs: readonly Need[]): Need | undefined {
  return needs.find((need) => !IN_BROWSERS.has(need));
}
