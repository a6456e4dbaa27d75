import { cpus } from "node:os";

/** What a recording says of the day, and of the machine that it runs on. */
export function hereAndNow() {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    os: `${process.platform} ${process.arch}`,
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
  };
}
