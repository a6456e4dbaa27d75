import {
  atLeast,
  atMost,
  claim,
  exactly,
  inEveryOrder,
  observeProcess,
  peak,
  tasks,
} from "#claim";
import type * as Example from "../../examples/backpressure.ts";
import type { ChunkBuffer } from "../../examples/backpressure.ts";
import { createBuffer, deliver } from "../../examples/backpressure.ts";

/** As the notes say. */
const CHUNKS = 20;
const ROOM = 4;
const STEP_MS = 5;
const STEPS_TO_SEND = 4;

const noLimit = { leavesOut: "the limit: there is room for every chunk" };
const asFast = { leavesOut: "the slow consumer: it sends as fast as is read" };

// Reading takes one timer and sending four of the same length, and each chain
// gets one turn at the most whenever timers are due. So load slows both alike:
// the producer is always ahead, until it has to wait.
claim("room-is-kept", {
  figure: "chunks in memory at the same time",
  unit: "",
  bound: exactly(6),
  subject: () => inMemoryOfBoth(() => createBuffer(ROOM)),
  controls: {
    "no limit": {
      ...noLimit,
      measure: () => inMemory(createBuffer(Infinity)),
    },
  },
});

// As above. What was read before and is not sent yet stands before it.
claim("waits-behind-five", {
  figure: "chunks not sent yet when another one is read",
  unit: "",
  bound: atMost(5),
  subject: () => ahead(createBuffer(ROOM)),
  controls: {
    "no limit": { ...noLimit, measure: () => ahead(createBuffer(Infinity)) },
    "room for twelve": {
      leavesOut: "the small buffer: it has room for three times as many",
      measure: () => ahead(createBuffer(3 * ROOM)),
    },
  },
});

// Both senders always have a chunk to send, so both spend the same timers. One
// sets each of its timers before the other's next one is due, so neither gets
// more than one of them ahead, at any load: a quarter of a chunk.
claim("takes-no-longer", {
  figure: "chunks sent with backpressure when all are sent without",
  unit: "",
  bound: atLeast(19),
  subject: () => sentMeanwhile(() => createBuffer(ROOM)),
  controls: {
    "no buffer": {
      leavesOut: "the buffer: a chunk is read when the one before is sent",
      measure: () => sentMeanwhile(createHandOver),
    },
  },
});

// As in the first claim. With a consumer that is as fast, the buffer stays empty.
claim("twelve-fill-up-too", {
  figure: "chunks in memory at the same time, with room for twelve",
  unit: "",
  bound: exactly(14),
  subject: () => inMemoryOfBoth(() => createBuffer(3 * ROOM)),
  controls: {
    "as fast": {
      ...asFast,
      measure: () => inMemory(createBuffer(3 * ROOM), 1),
    },
  },
});

inEveryOrder("never-over-the-room", {
  figure: "most chunks in a buffer with room for one",
  unit: "",
  bound: atMost(1),
  subject: mostInside((example) => example.createBuffer(1)),
  controls: {
    "looking once": {
      leavesOut: "looking again: whoever was woken puts its chunk in",
      program: mostInside(() => createLookingOnce(1)),
    },
  },
});

inEveryOrder("loses-nothing", {
  figure: "chunks that arrive, of three",
  unit: "",
  bound: exactly(3),
  subject: arriving((example) => example.createBuffer(1)),
  controls: {
    dropping: {
      leavesOut: "the waiting: what finds the buffer full is thrown away",
      program: arriving(() => createDropping(1)),
    },
  },
});

// No timer is in it. The stream's consumer never ends with the first chunk.
claim("a-stream-takes-it-all", {
  figure: "chunks that the stream holds",
  unit: "",
  bound: exactly(20),
  subject: () => heldByStream(() => true),
  controls: {
    "heeding it": {
      leavesOut: "the carelessness: it stops when the stream asks for no more",
      measure: () => heldByStream((wanted) => wanted > 0),
    },
  },
});

/**
 * Begins an export from a source and to a phone that count themselves. A chunk
 * is in memory from when it has been read until it has been sent.
 */
function begin(buffer: ChunkBuffer, steps = STEPS_TO_SEND) {
  const count = { read: 0, sent: 0, most: 0 };
  const step = () => new Promise<void>((end) => setTimeout(end, STEP_MS));
  const readOne = async () => {
    await step();
    count.most = Math.max(count.most, ++count.read - count.sent);
  };
  const sendOne = async () => {
    for (let n = 0; n < steps; n++) await step();
    if (++count.sent > count.read) throw new Error("It sends what it has not.");
  };
  const end = deliver("", buffer, readOne, sendOne).then(() => {
    const { read, sent } = count;
    if (read !== CHUNKS || sent !== CHUNKS) {
      throw new Error(`It has read ${read} and sent ${sent} of 20 chunks.`);
    }
  });
  return { count, end };
}

async function inMemory(buffer: ChunkBuffer, steps?: number): Promise<number> {
  const { count, end } = begin(buffer, steps);
  await end;
  return count.most;
}

/** No number, if as many are not in memory with the example's source and phone. */
async function inMemoryOfBoth(create: () => ChunkBuffer): Promise<number> {
  const most = await inMemory(create());
  const { spans } = await observeProcess(() => deliver("", create()));
  const theirs = peak(spans.filter(({ name }) => name.endsWith("in memory")));
  return theirs === most ? most : NaN;
}

/** All that is in memory when a chunk is read, but the chunk itself. */
async function ahead(buffer: ChunkBuffer): Promise<number> {
  return (await inMemory(buffer)) - 1;
}

/**
 * How many are sent through a buffer when all are through one without a limit,
 * whichever of the two began first.
 */
async function sentMeanwhile(create: () => ChunkBuffer): Promise<number> {
  const first = begin(create());
  const begunFirst = await sentBeside(first, begin(createBuffer(Infinity)));
  const other = begin(createBuffer(Infinity));
  const begunLast = await sentBeside(begin(create()), other);
  return Math.min(begunFirst, begunLast);
}

type Begun = ReturnType<typeof begin>;

async function sentBeside({ count, end }: Begun, other: Begun) {
  const meanwhile = other.end.then(() => count.sent);
  const [sent] = await Promise.all([meanwhile, end]);
  return sent;
}

/** No buffer: who puts something in goes on when the next thing is asked for. */
function createHandOver(): ChunkBuffer {
  const buffer: ChunkBuffer = createBuffer(1);
  let asksAgain = () => {};
  let left = CHUNKS;
  return {
    async put(chunk) {
      await buffer.put(chunk);
      // Nothing is asked for after the last one.
      if (--left > 0) await new Promise<void>((wake) => (asksAgain = wake));
    },
    take() {
      asksAgain();
      return buffer.take();
    },
  };
}

function heldByStream(goesOn: (wanted: number) => boolean): number {
  const sink = { write: () => new Promise<void>(() => {}) };
  const stream = new WritableStream(sink, { highWaterMark: ROOM });
  const writer = stream.getWriter();
  for (let n = 0; n < CHUNKS && goesOn(writer.desiredSize!); n++) {
    void writer.write(n);
  }
  return ROOM - writer.desiredSize!;
}

type NumberBuffer = ReturnType<typeof createBuffer<number>>;
type Make = (example: typeof Example) => NumberBuffer;

/**
 * Three producers come, and a consumer up to twice. Then it is counted. A chunk
 * is inside until the consumer has it: what is handed to one that waits looks
 * from outside like what is held until it wakes, so it counts as well.
 */
function mostInside(make: Make) {
  return tasks<typeof Example>("backpressure", {}, 4, async (example) => {
    const comings = await someComings();
    const buffer = make(example);
    let inside = 0;
    let most = 0;
    const come = {
      put: async () => {
        await buffer.put(0);
        most = Math.max(most, ++inside);
      },
      take: async () => {
        await buffer.take();
        inside--;
      },
    };
    for (const { who, pause } of comings) {
      if (pause) await pause();
      void come[who]();
    }
    await someTime();
    return Math.max(most, await countHeld(buffer));
  });
}

interface Coming {
  who: "put" | "take";
  /** Since the one before came. Without one, nobody goes on in between. */
  pause: Pause | undefined;
}

type Pause = () => Promise<void>;

/** In the same turn, but who was woken before goes on first. */
const othersFirst: Pause = async () => {};

/** So many microtasks later: a turn may be handed over as late. */
const later =
  (microtasks: number): Pause =>
  async () => {
    for (let n = 1; n < microtasks; n++) await undefined;
  };
const SOON = [1, 2, 3, 4, 5];

/** Behind whom: a producer lets no other producer go on, but a consumer does. */
const PAUSES = {
  nobody: [undefined],
  put: [undefined, someTime],
  take: [undefined, ...SOON.map(later), someTime],
};

/** In any order, and each in the turn of the one before or in its own. */
async function someComings(): Promise<Coming[]> {
  const comings: Coming[] = [];
  const left = { put: 3, take: 2 };
  for (;;) {
    const pauses = PAUSES[comings.at(-1)?.who ?? "nobody"];
    const next = (["put", "take"] as const)
      .filter((who) => left[who] > 0)
      .flatMap((who) => pauses.map((pause) => ({ who, pause })));
    // When all producers have come, the consumer may stay away.
    const coming = await oneOf(left.put > 0 ? next : [...next, undefined]);
    if (!coming) return comings;
    left[coming.who]--;
    comings.push(coming);
  }
}

/**
 * How many chunks are in a buffer that cannot be empty: as many as can be taken
 * at once, before a producer goes on that has waited. From outside nothing else
 * tells a chunk that is held from one whose producer still has it.
 */
async function countHeld(buffer: NumberBuffer): Promise<number> {
  const takes = [1, 2, 3].map(() => isAnswered(buffer.take()));
  const held = (await Promise.all(takes)).filter(Boolean).length;
  // What does not answer at once cannot be counted.
  return held > 0 ? held : NaN;
}

/** Whether a promise is settled now, and not only some microtasks later. */
async function isAnswered(answer: Promise<unknown>): Promise<boolean> {
  const notYet = Symbol();
  return (await Promise.race([answer, notYet])) !== notYet;
}

/** How many of three chunks arrive; no number, if they are not what was sent. */
function arriving(make: Make) {
  return tasks<typeof Example>("backpressure", {}, 2, async (example) => {
    const buffer = make(example);
    const sent = [0, 1, 2];
    const arrived: number[] = [];
    // Each of the two has something to do in between, or comes again at once.
    const betweenPuts = await oneOf([someTime, othersFirst]);
    const betweenTakes = await oneOf([someTime, othersFirst]);
    const put = async () => {
      for (const chunk of sent) {
        await betweenPuts();
        await buffer.put(chunk);
      }
      await buffer.put(-1);
    };
    const take = async () => {
      for (;;) {
        await betweenTakes();
        const chunk = await buffer.take();
        if (chunk < 0) return;
        arrived.push(chunk);
      }
    };
    await Promise.all([put(), take()]);
    const kept = sent.filter((chunk) => arrived.includes(chunk));
    return arrived.join() === kept.join() ? arrived.length : NaN;
  });
}

function someTime(): Promise<void> {
  return new Promise((end) => setTimeout(end));
}

/** Any of them: each order explores another one, as the first timer to end. */
function oneOf<Choice>(choices: readonly Choice[]): Promise<Choice> {
  return new Promise((choose) => {
    const timers = choices.map((choice) =>
      setTimeout(() => {
        timers.forEach((timer) => clearTimeout(timer));
        choose(choice);
      }),
    );
  });
}

/** A buffer whose `put` looks for room once, and not again when it is woken. */
function createLookingOnce(room: number): NumberBuffer {
  const items: number[] = [];
  const waiting: (() => void)[] = [];
  const change = () => new Promise<void>((wake) => waiting.push(wake));
  const changed = () => waiting.splice(0).forEach((wake) => wake());
  return {
    async put(item) {
      if (items.length >= room) await change();
      items.push(item);
      changed();
    },
    async take() {
      while (items.length === 0) await change();
      const item = items.shift()!;
      changed();
      return item;
    },
  };
}

/** A buffer that waits for nobody. */
function createDropping(room: number): NumberBuffer {
  const buffer = createBuffer<number>(Infinity);
  let inside = 0;
  return {
    async put(item) {
      // The end is no chunk, and is never dropped.
      if (inside >= room && item >= 0) return;
      inside++;
      await buffer.put(item);
    },
    async take() {
      const item = await buffer.take();
      inside--;
      return item;
    },
  };
}
