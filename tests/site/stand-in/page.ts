/** Collects what the fixture tells, for the test to read. */
import type { RunMessage } from "../../../src/client/run/messages.ts";

const told: RunMessage[] = [];
Object.assign(globalThis, { told });
const worker = new Worker(new URL("./worker.ts", import.meta.url), {
  type: "module",
});
worker.onmessage = ({ data }: MessageEvent<RunMessage>) => told.push(data);
