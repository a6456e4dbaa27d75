import type { Evidence } from "../book/evidence.ts";

/** What a recording ran on, its runtime named with the packages that it had. */
export function withPackages({
  packages = {},
  ...recorded
}: Evidence["recorded"]): Omit<Evidence["recorded"], "packages"> {
  const named = Object.entries(packages).map((each) => each.join(" "));
  return { ...recorded, runtime: [recorded.runtime, ...named].join(", ") };
}
