const examples = import.meta.glob<string>("../../examples/*.ts", {
  query: "?raw",
  import: "default",
});
const tests = import.meta.glob<string>("../../tests/claims/*.test.ts", {
  query: "?raw",
  import: "default",
});

/** The text of a slug's example. */
export function exampleSource(slug: string): Promise<string> {
  return read(examples, `../../examples/${slug}.ts`);
}

/** The text of a slug's test. */
export function testSource(slug: string): Promise<string> {
  return read(tests, `../../tests/claims/${slug}.test.ts`);
}

function read(
  files: Record<string, () => Promise<string>>,
  file: string,
): Promise<string> {
  const load = files[file];
  if (!load) throw new Error(`There is no ${file.replace("../../", "")}.`);
  return load();
}
