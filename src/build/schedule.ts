import type { Evidence } from "../book/evidence.ts";
import type { Language } from "../book/languages.ts";
import type { Schedule } from "../client/scheduler.ts";
import type { Step } from "../orders/explored.ts";
import { STUCK } from "../orders/explored.ts";
import type { OrderClaim, Orders } from "./order-words.ts";
import { orderWords } from "./order-words.ts";
import { fill, wordsOf } from "./words.ts";

/**
 * Where a claim in every order, or one of its controls, keeps its orders.
 *
 * @param of "id", or "id: control"
 * @throws if there is none with places, with what to do
 */
export function scheduledIn(
  evidence: Evidence,
  of: string,
  slug: string,
): { claim: OrderClaim; orders: Orders } {
  const [id = "", control] = of.split(": ");
  const claim = evidence.inEveryOrder[id];
  const orders: Orders | undefined =
    control === undefined ? claim?.subject : claim?.controls[control];
  if (claim && orders?.places) return { claim, orders };
  throw new Error(
    `The evidence of “${slug}” has no places of “${of}”: name a claim in every order, or "id: control", with few tasks, and record it: npm run record ${slug}`,
  );
}

/**
 * What the site serves so that a reader can be the scheduler.
 *
 * @throws if the places were not recorded
 */
export function scheduleOf(
  orders: Orders,
  { figure, unit }: OrderClaim,
  translate: (english: string) => string,
  language: Language,
): Schedule {
  const { places, outcomes } = orders;
  if (!places) throw new Error("No places were recorded.");
  const words = wordsOf(language).orders;
  const tell = orderWords(language, unit);
  const last = Math.max(
    ...places.flatMap(({ next }) => next.map(({ step }) => step.who)),
  );
  const ends = outcomes.map(tell.end);
  const about = { figure: translate(figure) };
  const endAt = ({ figure, end }: (typeof places)[number]) =>
    outcomes.findIndex(
      (outcome) => outcome.figure === figure && outcome.end === end,
    );
  const counts = countFrom(orders);
  return {
    places: places.map((place, id) => {
      const next = place.next.map(({ step, to }) => [
        step.who,
        [
          tell.does(step, orders, translate),
          to,
          accessesOf(step),
          ...linesOf(step),
        ],
      ]);
      return {
        next: Object.fromEntries(next),
        ...(place.figure !== undefined && { end: endAt(place) }),
        left: counts[id]!.map((n) => tell.count(n === null ? null : String(n))),
      };
    }),
    who: Array.from({ length: last }, (_, n) =>
      tell.who({ who: n + 1 }, orders),
    ),
    back: words.back,
    lost: words.lost,
    possible: fill(words.possible, about),
    left: ends.map((end) => fill(words.left, { end })),
    ended: outcomes.map(({ end }, index) =>
      end === STUCK
        ? words.endedStuck
        : fill(words.ended, { ...about, end: ends[index]! }),
    ),
  };
}

const ACCESSES: Record<string, string> = {
  read: "r",
  load: "r",
  write: "w",
  store: "w",
};

/** What the step reads and writes, in order: "1r0 2w0". */
function accessesOf(step: Step): string {
  return deedsOf(step)
    .flatMap(({ who, kind, cell = "" }) =>
      ACCESSES[kind] === undefined ? [] : `${who}${ACCESSES[kind]}${cell}`,
    )
    .join(" ");
}

function linesOf(step: Step): number[] {
  return [...new Set(deedsOf(step).flatMap(({ line }) => line ?? []))];
}

function deedsOf(step: Step): Step[] {
  return [step, ...(step.also ?? [])];
}

/** How many orders lead from each place to each outcome. */
function countFrom({ places = [], outcomes, orders }: Orders) {
  if (orders === null) return places.map(() => outcomes.map(() => null));
  const known = new Map<number, bigint[]>();
  const count = (id: number): bigint[] => {
    const found = known.get(id);
    if (found) return found;
    const { next, figure, end } = places[id]!;
    const ways = next.map(({ to }) => count(to));
    const sums = outcomes.map((outcome, index) =>
      ways.length === 0
        ? BigInt(outcome.figure === figure && outcome.end === end)
        : ways.reduce((sum, way) => sum + way[index]!, 0n),
    );
    known.set(id, sums);
    return sums;
  };
  return places.map((_, id) => count(id));
}
