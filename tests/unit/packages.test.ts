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

test("all that npm installs has a hash in the lock file", () => {
  const { "": project, ...installed } = packages;
  expect(project).toBeDefined();
  expect(Object.keys(installed).length).toBeGreaterThan(100);
  for (const [path, { integrity }] of Object.entries(installed)) {
    expect(integrity, path).toMatch(/^sha512-/);
  }
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
