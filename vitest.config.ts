import { defineConfig } from "vitest/config";

/** Examples run only when they are the program; imported, they wait. */
const define = { "import.meta.main": "false" };

export default defineConfig({
  test: {
    projects: [
      {
        define,
        test: {
          name: "examples",
          include: ["tests/examples/*.test.ts"],
          setupFiles: ["tests/matchers.ts"],
          // Two timing tests at once measure each other.
          fileParallelism: false,
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
});
