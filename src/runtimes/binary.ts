import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * A package of their own: the binaries weigh 250 MB to download, which nobody
 * needs who writes a note.
 */
const PACKAGES = fileURLToPath(new URL("packages/", import.meta.url));
/** Where a package has its binary: Deno's alone has no folder for it. */
const BINARIES = ["bin/node", "bin/bun", "deno"].flatMap((path) => [
  path,
  `${path}.exe`,
]);

/**
 * The binary of a runtime as the lock file has it, if it is installed.
 *
 * @param runtime `node22`, `node26`, `deno` or `bun`
 */
export function installedBinary(runtime: string): string | undefined {
  const folder = join(PACKAGES, "node_modules", aliasOf(runtime));
  const paths = BINARIES.map((path) => join(folder, path));
  const path = paths.find((path) => existsSync(path));
  const installed = versionIn(
    join(PACKAGES, "node_modules/.package-lock.json"),
  );
  const locked = versionIn(join(PACKAGES, "package-lock.json"));
  return installed(runtime) === locked(runtime) ? path : undefined;
}

/**
 * The same, and installs all of them first where they are not.
 *
 * @throws if there is none for this system, or npm cannot install it
 */
export function binaryOf(runtime: string): string {
  const before = installedBinary(runtime);
  if (before !== undefined) return before;
  console.log("Installing the runtimes, once: some 250 MB.");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts"], {
    cwd: PACKAGES,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ci failed in ${PACKAGES}.`);
  const after = installedBinary(runtime);
  if (after !== undefined) return after;
  throw new Error(
    `No ${aliasOf(runtime)} is in src/runtimes/packages/package.json: add it there, or measure on another system.`,
  );
}

/** What the package of a runtime for this system is called in there. */
function aliasOf(runtime: string): string {
  const system = process.platform === "win32" ? "win" : process.platform;
  return `${runtime}-${system}-${process.arch}`;
}

function versionIn(lockFile: string): (runtime: string) => string | undefined {
  if (!existsSync(lockFile)) return () => undefined;
  const { packages } = JSON.parse(readFileSync(lockFile, "utf8")) as {
    packages: Record<string, { version: string }>;
  };
  return (runtime) => packages[`node_modules/${aliasOf(runtime)}`]?.version;
}
