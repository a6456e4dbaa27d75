import { defineConfig } from "vitest/config";

/** Examples run only when they are the program; imported, they wait. */
const define = { "import.meta.main": "false" };

/** For tests that are not about time. */
const untimed = {
  // They wait for processes and browsers more than they compute.
  maxWorkers: 4,
  sequence: { groupOrder: 1 },
  // Dead man's switches, not bounds: on a busy machine a start of Node or of a
  // browser takes seconds, and the survey of all pages took 400 s (110 s here).
  // Claims set their own, by their runs.
  testTimeout: 600_000,
  hookTimeout: 1_800_000,
  expect: { poll: { timeout: 300_000 } },
};

export default defineConfig({
  test: {
    projects: [
      {
        define,
        test: {
          name: "claims",
          include: ["tests/claims/*.test.ts", "tests/claims/python/*.test.ts"],
          // Two timing tests at once measure each other.
          fileParallelism: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        define,
        test: {
          ...untimed,
          name: "units",
          include: ["tests/unit/*.test.ts"],
        },
      },
      {
        test: {
          ...untimed,
          name: "site",
          include: ["tests/site/*.test.ts"],
          globalSetup: ["tests/site/build.ts"],
        },
      },
    ],
  },
});
