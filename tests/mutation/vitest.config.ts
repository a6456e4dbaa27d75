/** Tests a mutated example: its claims, and what it prints. */
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";
import { defineConfig } from "vitest/config";

const slug = process.env["MUTATED_SLUG"];

/** One run of the program is cheap, and shows most of what is broken in it. */
class OutputFirst extends BaseSequencer {
  override async sort(
    files: TestSpecification[],
  ): Promise<TestSpecification[]> {
    const isOutput = (file: TestSpecification) =>
      file.moduleId.endsWith("output.test.ts");
    return files.toSorted((a, b) => Number(isOutput(b)) - Number(isOutput(a)));
  }
}

export default defineConfig({
  define: { "import.meta.main": "false" },
  test: {
    include: [`tests/claims/${slug}.test.ts`, "tests/mutation/output.test.ts"],
    globalSetup: ["tests/mutation/fast-mutants.ts"],
    setupFiles: [
      "tests/mutation/mutant-in-threads.ts",
      "tests/mutation/orders-as-recorded.ts",
    ],
    fileParallelism: false,
    sequence: { sequencer: OutputFirst },
    testTimeout: 60_000,
  },
});
