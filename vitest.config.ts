import { defineConfig } from "vitest/config";

/** Examples run only when they are the program; imported, they wait. */
const define = { "import.meta.main": "false" };

/**
 * Each is a dead man's switch, not a bound: on a busy machine a start of Node
 * or of a browser takes seconds. Claims set their own, by their runs.
 */
const timeouts = {
  testTimeout: 120_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 60_000 } },
};

export default defineConfig({
  test: {
    projects: [
      {
        define,
        test: {
          name: "claims",
          include: ["tests/claims/*.test.ts"],
          // Two timing tests at once measure each other.
          fileParallelism: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        define,
        test: {
          ...timeouts,
          name: "units",
          maxWorkers: 2,
          include: ["tests/unit/*.test.ts"],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...timeouts,
          name: "site",
          // They wait for the browser more than they compute.
          maxWorkers: 2,
          include: ["tests/site/*.test.ts"],
          globalSetup: ["tests/site/build.ts"],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
