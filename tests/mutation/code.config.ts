/** Tests what measures and draws, with the unit tests that need no process. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { "import.meta.main": "false" },
  test: {
    include: ["tests/unit/*.test.ts"],
    exclude: [
      "tests/unit/{bench,command,dev,every-example,in-step,new,record}.test.ts",
      // Evidence is stale as soon as code behind #claim is another: that would
      // catch all that is broken, whatever it does.
      "tests/unit/every-note.test.ts",
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
