import type { Language } from "../book/languages.ts";
import type { Schedule } from "../client/scheduler.ts";
import type { OrderClaim, Orders } from "./order-words.ts";
import { orderWords } from "./order-words.ts";
import { fill, wordsOf } from "./words.ts";

/**
 * What a page carries so that its reader can be the scheduler.
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
  const ends = outcomes.map(
    (outcome) => `${translate(figure)} ${tell.end(outcome)}`,
  );
  const endAt = ({ figure, end }: (typeof places)[number]) =>
    outcomes.findIndex(
      (outcome) => outcome.figure === figure && outcome.end === end,
    );
  const counts = countFrom(orders);
  return {
    places: places.map((place, id) => {
      const next = place.next.map(({ step, to }) => [
        step.who,
        [tell.does(step), to, ...(step.line === undefined ? [] : [step.line])],
      ]);
      return {
        next: Object.fromEntries(next),
        ...(place.figure !== undefined && { end: endAt(place) }),
        left: counts[id]!.map((n) => tell.count(n === null ? null : String(n))),
      };
    }),
    left: ends.map((end) => fill(words.left, { end })),
    ended: ends.map((end) => fill(words.ended, { end })),
  };
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
