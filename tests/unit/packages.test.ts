import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  integrity?: string;
  os?: string;
  cpu?: string;
}
const read = (file: string) => readFileSync(file, "utf8");
const { optionalDependencies } = JSON.parse(read("package.json")) as {
  optionalDependencies: Record<string, string>;
};
const { packages } = JSON.parse(read("package-lock.json")) as {
  packages: Record<string, Locked>;
};

/** Node 22 and 26, Deno and Bun: installed by npm run record -- --runtime. */
const RUNTIMES = "src/runtimes/packages";

test.each([
  ["the project", ".", 100],
  ["the other runtimes", RUNTIMES, 10],
])("all that npm installs for %s has a hash", (_, folder, least) => {
  const { packages } = JSON.parse(read(`${folder}/package-lock.json`)) as {
    packages: Record<string, Locked>;
  };
  const { "": project, ...installed } = packages;
  expect(project).toBeDefined();
  expect(Object.keys(installed).length).toBeGreaterThan(least);
  for (const [path, { integrity }] of Object.entries(installed)) {
    expect(integrity, path).toMatch(/^sha512-/);
  }
});

test("each other runtime comes once for each platform", () => {
  const { optionalDependencies } = JSON.parse(
    read(`${RUNTIMES}/package.json`),
  ) as { optionalDependencies: Record<string, string> };
  const platforms = ["darwin-arm64", "linux-arm64", "linux-x64", "win-x64"];
  expect(Object.keys(optionalDependencies)).toEqual(
    ["bun", "deno", "node22", "node26"].flatMap((runtime) =>
      platforms.map((platform) => `${runtime}-${platform}`),
    ),
  );
});

test("no package runs a script while it is installed", () => {
  expect(read(".npmrc").split(/\r?\n/)).toContain("ignore-scripts=true");
});

test("Node comes once for each platform, by its own package", () => {
  const platforms = Object.entries(optionalDependencies).map(
    ([name, version]) => {
      expect(version, name).toMatch(/^24\.\d+\.\d+$/);
      const { os, cpu } = packages[`node_modules/${name}`]!;
      return `${os} ${cpu}`;
    },
  );
  expect(platforms.sort()).toEqual([
    "darwin arm64",
    "darwin x64",
    "linux arm64",
    "linux x64",
    "win32 x64",
  ]);
});
