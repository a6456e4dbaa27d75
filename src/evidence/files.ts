/** The files of a slug, from the project's root. */
export function filesOf(slug: string): {
  example: string;
  test: string;
  evidence: string;
} {
  return {
    example: `examples/${slug}.ts`,
    test: `tests/examples/${slug}.test.ts`,
    evidence: `src/content/evidence/${slug}.json`,
  };
}
