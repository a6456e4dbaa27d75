import { claim, exactly } from "#claim";
import {
  BEATS,
  beatsAfterFailure,
  count,
} from "../../examples/process-and-thread.ts";

// No two processes that live at one time have the same number, and the sender
// lives all the time.
claim("lives-in-a-process", {
  figure: "helpers in the process that started them",
  unit: "",
  bound: exactly(3),
  subject: async () => (await count("thread")).inside,
  controls: {
    processes: {
      leavesOut: "the thread: each helper is a child process",
      measure: async () => (await count("process")).inside,
    },
  },
});

// Each helper has added before it replies, and they add atomically.
claim("shares-memory", {
  figure: "additions that the sender sees",
  unit: "",
  bound: exactly(3000),
  subject: async () => (await count("thread")).mine,
  controls: {
    processes: {
      leavesOut: "the thread: each helper is a child process",
      measure: async () => (await count("process")).mine,
    },
    "threads, memory not shared": {
      leavesOut: "the SharedArrayBuffer: the counter is in an ordinary one",
      measure: async () => (await count("thread", new ArrayBuffer(4))).mine,
    },
  },
});

// Each adds to a copy of the sender's 0, whenever that may be.
claim("counts-in-a-copy", {
  figure: "additions that the last helper sees",
  unit: "",
  bound: exactly(1000),
  subject: async () => (await count("process")).theirs,
  controls: {
    threads: {
      leavesOut: "the process: each helper is a thread",
      measure: async () => (await count("thread")).theirs,
    },
  },
});

// The service beats on when it is told that its helper has ended, whenever
// that may be. One that does not wait for that beats once or twice more before
// a thread's error ends it: then nobody knows which beats come after an error.
claim("survives-a-process", {
  figure: "beats of the service after the error",
  unit: "",
  bound: exactly(BEATS),
  subject: () => beatsAfterFailure("process"),
  controls: {
    "error in a thread": {
      leavesOut: "the process: the helper is a thread",
      measure: async () => {
        const beats = await beatsAfterFailure("thread");
        return beats === 0 || beats === BEATS ? beats : NaN;
      },
    },
  },
});

// An error event without a listener ends the process before the thread's exit
// is told, and the service waits for that.
claim("falls-with-a-thread", {
  figure: "beats of the service after the error",
  unit: "",
  bound: exactly(0),
  subject: () => beatsAfterFailure("thread"),
  controls: {
    "error in a watched thread": {
      leavesOut: "that nobody listens for the error",
      measure: () => beatsAfterFailure("watched thread"),
    },
    "error in a process": {
      leavesOut: "the thread: the helper is a child process",
      measure: () => beatsAfterFailure("process"),
    },
  },
});
