/** Tests a mutated example: its claims, and what it prints. */
import { defineConfig } from "vitest/config";

const slug = process.env["MUTATED_SLUG"];

export default defineConfig({
  define: { "import.meta.main": "false" },
  test: {
    include: [`tests/claims/${slug}.test.ts`, "tests/mutation/output.test.ts"],
    setupFiles: ["tests/mutation/mutant-in-threads.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
  },
});
