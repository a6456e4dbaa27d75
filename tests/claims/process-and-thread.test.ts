import { claim, exactly } from "#claim";
import {
  ADDITIONS,
  BEATS,
  beatsAfterFailure,
  count,
  HELPERS,
} from "../../examples/process-and-thread.ts";

// No two processes that live at one time have the same number, and the sender
// lives all the time.
claim("lives-in-a-process", {
  figure: "helpers in the process that started them",
  unit: "",
  bound: exactly(HELPERS),
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
  bound: exactly(HELPERS * ADDITIONS),
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

// The service beats on when it is told that its helper has ended, whenever
// that may be.
claim("survives-a-process", {
  figure: "beats of the service after the error",
  unit: "",
  bound: exactly(BEATS),
  subject: () => beatsAfterFailure("process"),
  controls: {
    "error in a thread": {
      leavesOut: "the process: the helper is a thread",
      measure: () => beatsAfterFailure("thread"),
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
