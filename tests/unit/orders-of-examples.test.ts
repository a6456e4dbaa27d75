/** Figures by which an engine that counts wrongly gives itself away. */
import { describe, expect, test } from "vitest";
import type * as Lease from "../../examples/lease.ts";
import type * as Mutex from "../../examples/mutex.ts";
import type * as Race from "../../examples/race.ts";
import type { Explored } from "../../src/orders/explored.ts";
import type { TaskOptions } from "../../src/orders/explore-tasks.ts";
import { exploreTasks } from "../../src/orders/explore-tasks.ts";
import { loadExample } from "../../src/orders/load-example.ts";

const told = ({ outcomes }: Explored) =>
  Object.fromEntries(outcomes.map(({ figure, orders }) => [figure, orders]));

const wait = () => new Promise<void>((end) => setTimeout(end));

describe("six deposits that all begin at once", () => {
  test.each([
    ["depositWithGap", 1],
    ["depositWithoutGap", 6],
  ] as const)("%s leave %i in all 720 orders", async (way, left) => {
    const race = (await loadExample("examples/race.ts", {})) as typeof Race;
    const explored = await exploreTasks(async () => {
      const account = race.openAccount();
      const deposit = () => race[way](account, wait);
      await Promise.all(Array.from({ length: 6 }, deposit));
      return account.read();
    });
    expect(told(explored)).toEqual({ [left]: 720n });
  });
});

describe("deposits that ask the bank and then wait for the disk", () => {
  const explore = async (
    deposits: number,
    guard: (mutex: typeof Mutex) => Mutex.Guard,
    figure = ({ balance }: Mutex.Outcome) => balance,
    options?: TaskOptions,
  ) => {
    const constants = { DEPOSITS: deposits };
    const mutex = (await loadExample(
      "examples/mutex.ts",
      constants,
    )) as typeof Mutex;
    const program = async () =>
      figure(await mutex.depositAll("", guard(mutex)));
    return told(await exploreTasks(program, options));
  };

  test.each([
    [2, { 1: 4n, 2: 2n }],
    [3, { 1: 48n, 2: 36n, 3: 6n }],
    [4, { 1: 1152n, 2: 1056n, 3: 288n, 4: 24n }],
  ])("without a mutex, %i", async (deposits, ends) => {
    expect(await explore(deposits, ({ unguarded }) => unguarded)).toEqual(ends);
  });

  test.each([
    [2, 4n],
    [3, 30n],
    [4, 336n],
    [5, 5040n],
  ])("with a mutex, %i lose nothing in %i orders", async (deposits, orders) => {
    const ends = await explore(deposits, ({ createMutex }) => createMutex());
    expect(ends).toEqual({ [deposits]: orders });
  });

  test("with a mutex, 4 write by their number in 14 of 336 orders", async () => {
    const isByNumber = ({ wrote }: Mutex.Outcome) =>
      Number(wrote.every((n, place) => n === place));
    const ends = await explore(
      4,
      ({ createMutex }) => createMutex(),
      isByNumber,
    );
    expect(ends).toEqual({ 0: 322n, 1: 14n });
  });

  test.each([
    ["with any lateness", Infinity, { 1: 24n, 2: 28n }],
    ["at most 4 ms late", 4, { 2: 2n }],
    ["at most 6 ms late", 6, { 1: 4n, 2: 6n }],
  ])("with a lease of 15 ms for 10 ms, %s", async (_, lateness, ends) => {
    const { createLock, lease } = (await loadExample(
      "examples/lease.ts",
      {},
    )) as typeof Lease;
    const leased = () => {
      const lock = createLock(lease);
      return async <T>(act: () => Promise<T>): Promise<T> => {
        const results: T[] = [];
        await lock(async () => void results.push(await act()));
        return results[0]!;
      };
    };
    expect(await explore(2, leased, undefined, { lateness })).toEqual(ends);
  });
});
