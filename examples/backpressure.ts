/**
 * Backpressure: a consumer that cannot keep up makes its producer wait.
 *
 * Two services send an export of 20 chunks to a phone, at the same time.
 * Reading a chunk takes 5 ms, sending one takes four times as long. In between
 * is a buffer: without a limit in one, with room for four chunks in the other.
 *
 *     npx tsx examples/backpressure.ts
 */

const CHUNKS = 20;
const ROOM = 4;
const STEP_MS = 5;
const STEPS_TO_SEND = 4;

/** A buffer with room for `room` items. `put` waits until there is room. */
export function createBuffer<Item>(room: number) {
  const items: Item[] = [];
  const waiting: (() => void)[] = [];
  const change = () => new Promise<void>((wake) => waiting.push(wake));
  const changed = () => waiting.splice(0).forEach((wake) => wake());
  return {
    async put(item: Item): Promise<void> {
      while (items.length >= room) await change();
      items.push(item);
      changed();
    },
    async take(): Promise<Item> {
      while (items.length === 0) await change();
      const item = items.shift()!;
      changed();
      return item;
    },
  };
}

/** When it was read, and how many others were not sent yet. */
type Chunk = { at: number; ahead: number };
export type ChunkBuffer = ReturnType<typeof createBuffer<Chunk>>;

/** From a source to a phone: reads and sends all, each as fast as it may. */
export async function deliver(
  lane: string,
  buffer: ChunkBuffer,
  readOne = step,
  sendOne = sendSlowly,
) {
  const delivered: (Chunk & { waited: number })[] = [];
  const read = async () => {
    for (let n = 0; n < CHUNKS; n++) {
      await readOne();
      const ahead = n - delivered.length;
      await buffer.put({ at: performance.now(), ahead });
    }
  };
  const send = async () => {
    while (delivered.length < CHUNKS) {
      const chunk = await buffer.take();
      const start = performance.now();
      await sendOne();
      performance.measure(`${lane}, sending`, { start });
      performance.measure(`${lane}, in memory`, { start: chunk.at });
      delivered.push({ ...chunk, waited: start - chunk.at });
    }
  };
  await Promise.all([read(), send()]);
  return delivered;
}

function step(): Promise<void> {
  return new Promise((end) => setTimeout(end, STEP_MS));
}

async function sendSlowly(): Promise<void> {
  for (let n = 0; n < STEPS_TO_SEND; n++) await step();
}

export async function main(): Promise<void> {
  await Promise.all([
    report("no limit", createBuffer(Infinity)),
    report("room for four", createBuffer(ROOM)),
  ]);
}

async function report(lane: string, buffer: ChunkBuffer): Promise<void> {
  const start = performance.now();
  const delivered = await deliver(lane, buffer);
  const { duration } = performance.measure(lane, { start });
  const { ahead, waited } = delivered.at(-1)!;
  console.log(
    `${lane}: the last chunk waited behind ${ahead} others,`,
    `for ${Math.floor(waited)} ms of ${Math.floor(duration)} ms`,
  );
}

if (import.meta.main ?? true) main();
