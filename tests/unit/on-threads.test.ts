import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { onThreads } from "../../src/measure/on-threads.ts";

/** Runs the code on a thread that lives on, and ends it after its message. */
async function onWorker(code: string): Promise<void> {
  const script = `const { parentPort } = require("node:worker_threads");
    setInterval(() => {}, 1000);
    ${code}
    parentPort.postMessage("done");`;
  const worker = new Worker(script, { eval: true });
  await once(worker, "message");
  await worker.terminate();
}

const computing = `const end = performance.now() + 30;
  while (performance.now() < end);`;

test("as many workers as are expected may start", async () => {
  const two = () => Promise.all([onWorker(""), onWorker("")]);
  await expect(onThreads(2, two)).resolves.toHaveLength(2);
  await expect(onThreads(0, async () => "none")).resolves.toBe("none");
});

test.each([0, 2])("one worker is not %i", async (expected) => {
  await expect(onThreads(expected, () => onWorker(""))).rejects.toThrow(
    "1 of 1 workers computed.",
  );
});

test("a worker has to be busy for as long as is asked of it", async () => {
  const busy = () =>
    onThreads(
      1,
      () => onWorker(computing),
      () => 15,
    );
  await expect(busy()).resolves.toBeUndefined();
  const idle = () =>
    onThreads(
      1,
      () => onWorker(""),
      () => 60_000,
    );
  await expect(idle()).rejects.toThrow("0 of 1 workers computed.");
});

test("nobody listens for workers afterwards, whatever came of it", async () => {
  await onThreads(0, async () => {});
  const fail = () => Promise.reject(new Error("no"));
  await expect(onThreads(0, fail)).rejects.toThrow("no");
  expect(process.listenerCount("worker")).toBe(0);
});
