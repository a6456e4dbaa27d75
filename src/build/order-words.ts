import type { Evidence } from "../book/evidence.ts";
import type { Language } from "../book/languages.ts";
import { showFigure } from "../draw/figure.ts";
import type { Step } from "../orders/explored.ts";
import { ENDLESS, STUCK } from "../orders/explored.ts";
import type { Unit } from "../measure/measured-claim.ts";
import { fill, wordsOf } from "./words.ts";

export type OrderClaim = Evidence["inEveryOrder"][string];
export type Orders = OrderClaim["subject"];

type Translate = (english: string) => string;

/** How what was explored in every order is told in one language. */
export function orderWords(language: Language, unit: Unit) {
  const words = wordsOf(language).orders;
  const withoutFigure: Record<string, string> = {
    [STUCK]: words.stuck,
    [ENDLESS]: words.neverEnds,
  };
  const count = (orders: string | null) =>
    orders === null ? words.endless : BigInt(orders).toLocaleString(language);
  const who = (
    { who }: Pick<Step, "who">,
    { of, count }: Pick<Orders, "of" | "count">,
  ) =>
    who > count
      ? fill(words.beside, { n: who - count })
      : fill(of === "tasks" ? words.task : words.thread, { n: who });
  /** "reads 0"; what a test tells in words of its own is translated. */
  const deed = ({ kind, cell, value = 0 }: Step, translate: Translate) => {
    if (kind === "goes on") return words.goesOn;
    const isPlain = kind === "read" || kind === "write";
    if (cell === undefined) {
      return isPlain ? fill(words[kind], { value }) : translate(kind);
    }
    return isPlain
      ? fill(words[`${kind}Cell`], { cell, value })
      : fill(words.operation, { kind: `Atomics.${kind}`, cell });
  };
  return {
    count,
    who,
    /** "in all 336 orders" */
    all: ({ orders }: Orders) =>
      orders === null
        ? words.inEndless
        : fill(words.inAll, { n: count(orders) }),
    /** "fails in 84 of 90 orders" */
    fails: (orders: Orders) => {
      if (orders.orders === null) return words.failsEndless;
      const broken = orders.outcomes
        .filter((outcome) => !outcome.holds)
        .reduce((sum, outcome) => sum + BigInt(outcome.orders!), 0n);
      return fill(words.fails, {
        broken: count(String(broken)),
        n: count(orders.orders),
      });
    },
    /** "4 tasks; any wait may take any time" */
    scope: ({ of, count, lateness }: Orders) =>
      lateness === undefined
        ? fill(words[of], { n: count })
        : fill(words.lateTasks, { n: count, ms: lateness }),
    end: ({ figure, end }: Orders["outcomes"][number]) =>
      figure === null
        ? (withoutFigure[end ?? ""] ?? end ?? "")
        : showFigure(figure, unit, language),
    /** "writes 1; task 2 reads 1" */
    does: (step: Step, orders: Orders, translate: Translate) =>
      [step, ...(step.also ?? [])]
        .map((one, index, all) => {
          const told = deed(one, translate);
          if (index === 0) return told;
          return one.who === all[index - 1]!.who
            ? `, ${told}`
            : `; ${fill(words.told, { who: who(one, orders), does: told })}`;
        })
        .join(""),
  };
}
