/** Runs one example in a worker of the reader's browser: the file unchanged. */
import type { RunMessage } from "./messages.ts";
import { watchRun } from "./watch-run.ts";

interface Example {
  main: () => Promise<void> | void;
}

const examples = import.meta.env.DEV
  ? ["../../../examples/", ".ts"]
  : ["../examples/", ".js"];

const tell = (message: RunMessage): void => postMessage(message);
const tellRest = watchRun(tell);

addEventListener(
  "message",
  ({ data: slug }: MessageEvent<string>) => void run(slug),
  { once: true },
);

async function run(slug: string): Promise<void> {
  try {
    const url = examples.join(slug);
    const { main } = (await import(/* @vite-ignore */ url)) as Example;
    await main();
    tellRest();
    tell({ kind: "ended" });
  } catch (error) {
    tellRest();
    tell({ kind: "failed", text: String(error) });
  }
}
