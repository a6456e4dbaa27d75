/** Runs the fixture as `src/client/run/run-worker.ts` runs an example. */
import type { RunMessage } from "../../../src/client/run/messages.ts";
import { watchRun } from "../../../src/client/run/watch-run.ts";

const tell = (message: RunMessage): void => postMessage(message);
const tellRest = watchRun(tell);
// In a chunk of its own, which its threads load again.
import("./examples/threads.ts")
  .then(({ main }) => main())
  .then(() => {
    tellRest();
    tell({ kind: "ended" });
  })
  .catch((error: unknown) => tell({ kind: "failed", text: String(error) }));
