import { HOME_FILE, noteFile, PARTS_FILE } from "../../book/files.ts";
import { programOf, programsOf } from "../../book/programs.ts";
import { spawn } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { LANGUAGES } from "../../book/languages.ts";

/** What a build took. */
export interface Growth {
  pages: number;
  seconds: number;
  /** The most memory that the build had at once, in MB, of all its processes. */
  megabytes: number;
  /** The heaviest page of a note, in bytes, gzip -9. */
  heaviest: number;
}

const NOTES_IN_PART = 10;
const WATCH_EVERY_MS = 100;
/**
 * As .github/workflows/deploy.yml builds, and CONTRIBUTING.md says: with plenty
 * of memory, V8 collects late and the bundler's allocator keeps what is free.
 */
const FRUGAL = {
  NODE_OPTIONS: "--max-old-space-size=480",
  MIMALLOC_PURGE_DELAY: "0",
};
const COPIED = ["src", "examples", "public", "astro.config.mjs"];

/**
 * Builds the site with so many generated slugs, each a copy of one of today's
 * in both languages with its example, test and evidence, in a folder of its
 * own. Links lead to the copies around it, so that the web of links grows too.
 *
 * @throws if the build fails, with what it printed
 */
export async function measureGrowth(slugs: number): Promise<Growth> {
  const folder = mkdtempSync(join(tmpdir(), "growth-"));
  try {
    const names = await generate(folder, slugs);
    const { seconds, megabytes } = await build(folder);
    const pages = globSync("dist/**/*.html", { cwd: folder });
    const weights = LANGUAGES.flatMap((language) =>
      names.map((name) => `dist/${language}/${name}/index.html`),
    )
      .map((page) => gzipSync(readFileSync(join(folder, page)), { level: 9 }))
      .map(({ length }) => length);
    const heaviest = Math.max(...weights);
    return { pages: pages.length, seconds, megabytes, heaviest };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes the sources into a folder, and returns the generated slugs. */
async function generate(folder: string, count: number): Promise<string[]> {
  for (const name of [...COPIED, "package.json", "tsconfig.json"]) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  await symlink(resolve("node_modules"), join(folder, "node_modules"), "dir");
  const slugs = globSync("examples/*.ts")
    .map((file) => file.slice("examples/".length, -".ts".length))
    .sort();
  const write = async (path: string, text: string) => {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const names = Array.from({ length: count }, (_, n) => {
    const slug = slugs[n % slugs.length]!;
    return { slug, name: nameOf(slug, n) };
  });
  for (const folderOf of ["notes/ko", "notes/en", "evidence"]) {
    rmSync(join(folder, "src/content", folderOf), { recursive: true });
  }
  for (const [n, { slug, name }] of names.entries()) {
    const round = Math.floor(n / slugs.length);
    const last = names.at(-1)!.name;
    const renamed = (source: string) =>
      source.replace(/\[\[([^\]|#]+)/g, (_, target: string) => {
        const found = slugs.indexOf(slugs.includes(target) ? target : "http");
        return `[[${names[round * slugs.length + found]?.name ?? last}`;
      });
    for (const language of LANGUAGES) {
      const source = readFileSync(noteFile(language, slug), "utf8");
      const note = renamed(source)
        .replace(/^needs: .*$/m, "needs: []")
        .replace(/^aliases: .*$/m, "aliases: []")
        .replace(/(\[\[[^\]|#]+)#[^\]|]+/g, "$1");
      await write(noteFile(language, name), note);
    }
    for (const program of programsOf(slug)) {
      const copy = programOf(name, program.language);
      for (const kind of ["example", "test", "evidence"] as const) {
        const source = readFileSync(program[kind], "utf8");
        // No two alike: what a build does once for equal sources must not count.
        const end = { ".ts": `// ${round}\n`, ".py": `# ${round}\n` };
        const ofKind = end[extname(copy[kind]) as ".ts"] ?? "";
        await write(copy[kind], source + ofKind);
      }
    }
  }
  const shown = JSON.parse(readFileSync(HOME_FILE, "utf8")) as { slug: string };
  const home = nameOf(shown.slug, slugs.indexOf(shown.slug));
  await write(HOME_FILE, JSON.stringify({ ...shown, slug: home }));
  const parts = Array.from(
    { length: Math.ceil(count / NOTES_IN_PART) },
    (_, n) => ({
      title: { ko: `갈래 ${n + 1}`, en: `Subject ${n + 1}` },
      notes: names
        .slice(n * NOTES_IN_PART, (n + 1) * NOTES_IN_PART)
        .map(({ name }) => name),
    }),
  );
  await write(PARTS_FILE, JSON.stringify(parts));
  // What is left of today's examples has no evidence any more.
  for (const { example } of slugs.flatMap((slug) => programsOf(slug))) {
    rmSync(join(folder, example));
  }
  return names.map(({ name }) => name);
}

/**
 * No two alike, since the number ends it, and as long as the slug that is
 * copied, so that the copies weigh the same.
 */
function nameOf(slug: string, n: number): string {
  return slug.slice(0, -3) + n.toString(36).padStart(3, "0");
}

function build(
  folder: string,
): Promise<{ seconds: number; megabytes: number }> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(
      process.execPath,
      [resolve("node_modules/astro/bin/astro.mjs"), "build"],
      {
        cwd: folder,
        env: {
          ...process.env,
          ...FRUGAL,
          ASTRO_TELEMETRY_DISABLED: "1",
          SITE: "https://notes.example",
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let said = "";
    child.stdout.on("data", (data) => (said += String(data)));
    child.stderr.on("data", (data) => (said += String(data)));
    let most = 0;
    const look = async () => {
      most = Math.max(most, await residentBytes(child.pid!));
    };
    const watch = setInterval(() => void look(), WATCH_EVERY_MS);
    child.once("error", fail);
    child.once("close", (code) => {
      clearInterval(watch);
      const seconds = (performance.now() - start) / 1000;
      if (code === 0) done({ seconds, megabytes: most / 1e6 });
      else fail(new Error(said.slice(-2000)));
    });
  });
}

/** Resident memory of a process and its children in bytes, where /proc tells. */
async function residentBytes(pid: number): Promise<number> {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const own = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
    const tasks = await readdir(`/proc/${pid}/task`);
    const children = tasks.flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")
        .split(" ")
        .filter((child) => child !== ""),
    );
    const sizes = await Promise.all(
      children.map((child) => residentBytes(Number(child))),
    );
    return sizes.reduce((sum, size) => sum + size, own);
  } catch {
    return 0;
  }
}
