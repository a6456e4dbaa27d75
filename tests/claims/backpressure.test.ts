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
import {
  CHUNKS,
  createBuffer,
  deliver,
  ROOM,
} from "../../examples/backpressure.ts";

const noLimit = { leavesOut: "the limit: there is room for every chunk" };
const asFast = { leavesOut: "the slow consumer: it sends as fast as is read" };

// The bounds are the notes' numbers, for a room of four and twenty chunks.

// Reading takes one timer and sending four of the same length, and each chain
// gets one turn at the most whenever timers are due. So load slows both alike:
// the producer is always ahead, until it has to wait.
claim("room-is-kept", {
  figure: "chunks in memory at the same time",
  unit: "",
  bound: exactly(6),
  subject: () => inMemory(createBuffer(ROOM)),
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
  subject: () => inMemory(createBuffer(3 * ROOM)),
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

async function inMemory(buffer: ChunkBuffer, steps?: number): Promise<number> {
  const { spans } = await observeProcess(() => deliver("", buffer, steps));
  return peak(spans.filter(({ name }) => name.endsWith("in memory")));
}

async function ahead(buffer: ChunkBuffer): Promise<number> {
  const delivered = await deliver("", buffer);
  return Math.max(...delivered.map((chunk) => chunk.ahead));
}

/**
 * How many are sent through a buffer when all are through one without a limit,
 * whichever of the two began first.
 */
async function sentMeanwhile(create: () => ChunkBuffer): Promise<number> {
  const begunFirst = await sentBeside(() => [
    deliver("with", create()),
    deliver("without", createBuffer(Infinity)),
  ]);
  const begunLast = await sentBeside(() => [
    deliver("without", createBuffer(Infinity)),
    deliver("with", create()),
  ]);
  return Math.min(begunFirst, begunLast);
}

async function sentBeside(begin: () => Promise<unknown>[]): Promise<number> {
  const { spans } = await observeProcess(() => Promise.all(begin()));
  const ends = (lane: string) =>
    spans.filter(({ name }) => name === lane).map(({ end }) => end);
  const all = Math.max(...ends("without, sending"));
  return ends("with, sending").filter((end) => end <= all).length;
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

/** Three producers come when they come, and one consumer takes when it likes. */
function mostInside(make: Make) {
  return tasks<typeof Example>("backpressure", {}, 4, async (example) => {
    const buffer = make(example);
    const letIn = new Set<number>();
    let inside = 0;
    let most = 0;
    const put = async (n: number) => {
      await someTime();
      await buffer.put(n);
      letIn.add(n);
      most = Math.max(most, ++inside);
    };
    const take = async () => {
      for (let n = 0; n < 3; n++) {
        await someTime();
        const taken = await buffer.take();
        // It lay in the full buffer, though its producer still waits for room.
        if (!letIn.has(taken)) most = Math.max(most, 2);
        inside--;
      }
    };
    await Promise.all([put(1), put(2), put(3), take()]);
    return most;
  });
}

function arriving(make: Make) {
  return tasks<typeof Example>("backpressure", {}, 2, async (example) => {
    const buffer = make(example);
    const arrived: number[] = [];
    const put = async () => {
      for (let n = 0; n < 3; n++) {
        await someTime();
        await buffer.put(n);
      }
      await buffer.put(-1);
    };
    const take = async () => {
      for (;;) {
        await someTime();
        const chunk = await buffer.take();
        if (chunk < 0) return;
        arrived.push(chunk);
      }
    };
    await Promise.all([put(), take()]);
    return arrived.length;
  });
}

function someTime(): Promise<void> {
  return new Promise((end) => setTimeout(end));
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
