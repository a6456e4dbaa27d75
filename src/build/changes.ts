import { execFileSync } from "node:child_process";

let dates: Map<string, Date> | undefined;

/**
 * When a file of the project last changed, by the history of Git. Nothing
 * where there is no history to tell: outside of a repository, and in a shallow
 * clone, whose one commit seems to have changed every file.
 */
export function changedOn(file: string): Date | undefined {
  dates ??= readHistory();
  return dates.get(file);
}

/** One pass over the whole history: one process, however many the files. */
function readHistory(): Map<string, Date> {
  const found = new Map<string, Date>();
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
  try {
    if (git("rev-parse", "--is-shallow-repository").trim() === "true") {
      return found;
    }
    const log = git(
      "-c",
      "core.quotePath=false",
      "log",
      "--relative",
      "--name-only",
      "--format=%x00%cI",
      "--",
      "src/content",
      "examples",
    );
    for (const commit of log.split("\0").slice(1)) {
      const [date, ...files] = commit.split("\n");
      for (const file of files) {
        if (file && !found.has(file)) found.set(file, new Date(date!));
      }
    }
  } catch {
    // Not a repository, or no Git: nobody knows.
  }
  return found;
}
