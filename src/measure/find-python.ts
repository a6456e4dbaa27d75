import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROBE = fileURLToPath(new URL("python/probe.py", import.meta.url));
const IS_WINDOWS = process.platform === "win32";
/** A dead man's switch: a start takes 50 ms, and seconds on a busy machine. */
const PROBE_TIMEOUT_MS = 60_000;

/** A Python that can run a program. */
export interface Python {
  /** Its executable. */
  command: string;
  /** As evidence says it: "CPython 3.13.1". */
  runtime: string;
  /** The packages that the program imports, with their versions. */
  packages: Record<string, string>;
}

/** What `probe.py` says. */
interface Probed {
  /** What a shim such as pyenv's leads to. */
  executable: string;
  implementation: string;
  version: string;
  isNew: boolean;
  packages: Record<string, string | null>;
}

const found = new Map<string, Python | { missing: string }>();

/**
 * The first Python that is 3.11 or newer and has the packages that a program
 * imports: the environment's `PYTHON` and no other if it is set, else that of
 * `.venv`, and then each `python3` and `python` of the `PATH`.
 *
 * @param program path of the program
 * @returns what is missing if there is none, as the end of “it needs …”
 */
export function findPython(program: string): Python | { missing: string } {
  let python = found.get(program);
  if (!python) found.set(program, (python = look(program)));
  return python;
}

function look(program: string): Python | { missing: string } {
  let missing = "Python 3.11 or newer";
  for (const command of candidates()) {
    const probed = probe(command, program);
    if (!probed?.isNew) continue;
    const packages = Object.entries(probed.packages);
    const absent = packages.filter(([, version]) => version === null);
    if (absent.length === 0) {
      return {
        command: probed.executable,
        runtime: `${nameOf(probed.implementation)} ${probed.version}`,
        packages: probed.packages as Record<string, string>,
      };
    }
    missing = `a Python with ${absent.map(([name]) => name).join(", ")}`;
  }
  return { missing };
}

function candidates(): string[] {
  const { PYTHON, PATH = "" } = process.env;
  if (PYTHON !== undefined) return [PYTHON];
  const end = IS_WINDOWS ? ".exe" : "";
  const folders = [
    join(".venv", IS_WINDOWS ? "Scripts" : "bin"),
    ...PATH.split(delimiter),
  ];
  const all = ["python3", "python"].flatMap((name) =>
    folders.map((folder) => join(folder, name + end)),
  );
  return all.filter((file) => existsSync(file));
}

function probe(command: string, program: string): Probed | undefined {
  const { status, stdout } = spawnSync(command, [PROBE, program], {
    encoding: "utf8",
    timeout: PROBE_TIMEOUT_MS,
  });
  return status === 0 ? (JSON.parse(stdout) as Probed) : undefined;
}

function nameOf(implementation: string): string {
  return implementation === "cpython" ? "CPython" : implementation;
}
