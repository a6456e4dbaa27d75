/**
 * Throughput: how much gets done in a given time.
 *
 * Twelve items of 1 kB go to a service that has room for three calls at once.
 * One caller sends them one by one, and then in batches of four. Then three
 * callers share them, and then eight: more than the service has room for.
 *
 *     npx tsx examples/throughput.ts
 */

const ITEMS = 12; // Of 1 kB each.
const ITEM_MS = 5;
const CALL_MS = 20; // For each call, however little it carries.
const SLOTS = 3;

/** Opens a service with slots. Whoever finds none free queues for one. */
export function openService(
  lane: string,
  slots: number,
  takeIn = () => timer(ITEM_MS),
) {
  const queue: (() => void)[] = [];
  let free = slots;
  let taken = 0;
  let answered = 0;

  return async function call(items: number) {
    const asked = performance.now();
    const answeredThen = answered;
    const full = free === 0;
    if (full) await new Promise<void>((enter) => queue.push(enter));
    else free--;
    const before = answered - answeredThen;

    const start = performance.now();
    const wait = { start: asked, end: start };
    if (full) performance.measure(`${lane}, waiting`, wait);
    for (let n = 0; n < items; n++, taken++) await takeIn();
    await timer(CALL_MS);
    const end = performance.now();
    performance.measure(lane, { start, end });

    answered++;
    const next = queue.shift();
    if (next) next();
    else free++;
    return { before, taken, latency: end - asked };
  };
}

type Way = { callers?: number; batch?: number; slots?: number };

/** Sends all items. Each caller calls again as soon as it has its answer. */
export async function send(
  lane: string,
  { callers = 1, batch = 1, slots = SLOTS }: Way = {},
) {
  const call = openService(lane, slots);
  const answers: Awaited<ReturnType<typeof call>>[] = [];
  let left = ITEMS;
  const caller = async () => {
    while (left > 0) {
      const items = Math.min(batch, left);
      left -= items;
      answers.push(await call(items));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return answers;
}

function timer(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

export async function main(): Promise<void> {
  await report("one by one", {});
  await report("batches of four", { batch: 4 });
  await report("three callers", { callers: 3 });
  await report("eight callers", { callers: 8 });
}

async function report(lane: string, way: Way): Promise<void> {
  const start = performance.now();
  const answers = await send(lane, way);
  const rate = (1000 * ITEMS) / (performance.now() - start);
  const longest = Math.max(...answers.map(({ latency }) => latency));
  console.log(
    `${lane}: ${answers.length} calls, ${rate.toFixed()} kB/s,`,
    `an answer after ${longest.toFixed()} ms at most`,
  );
}

if (import.meta.main ?? true) main();
