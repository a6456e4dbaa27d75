/** Tests what measures and draws, with the unit tests that need no process. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { "import.meta.main": "false" },
  test: {
    include: ["tests/unit/*.test.ts"],
    exclude: [
      "tests/unit/{bench,command,dev,every-example,in-step,new,record}.test.ts",
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
