import * as prettier from "prettier";
import { filesOf, noteFile } from "../../book/files.ts";
import { TO_WRITE } from "../../book/to-write.ts";
import type { Language } from "../../book/languages.ts";

export interface NewNote {
  slug: string;
  title: Record<Language, string>;
  /** The English term, for the note in Korean. */
  term: string;
  definition: Record<Language, string>;
  needs: readonly string[];
}

/**
 * The files of a new note by their path: an example that runs, its test with
 * one claim that holds, and both notes. They say where what is to be written.
 */
export async function skeletonOf(note: NewNote): Promise<Map<string, string>> {
  const { example, test } = filesOf(note.slug);
  const typescript = (source: string) =>
    prettier.format(source, { parser: "typescript" });
  return new Map([
    [example, await typescript(exampleOf(note))],
    [test, await typescript(testOf(note))],
    [noteFile("ko", note.slug), koreanOf(note)],
    [noteFile("en", note.slug), englishOf(note)],
  ]);
}

function exampleOf({ slug, title }: NewNote): string {
  return `/**
 * ${title.en}: ${TO_WRITE} what it is, in one sentence.
 *
 * ${TO_WRITE} what this program does, and what to look for.
 *
 *     npx tsx examples/${slug}.ts
 */

const WAIT_MS = 50;
const TURN_MS = 10;

/** ${TO_WRITE} the concept, instead of this wait. */
export function wait(): Promise<void> {
  return new Promise((wake) => setTimeout(wake, WAIT_MS));
}

/** ${TO_WRITE} the concept broken, for the control: this wait keeps the thread. */
export function brokenWait(): void {
  const deadline = performance.now() + WAIT_MS;
  while (performance.now() < deadline);
}

/** Counts the turns that a neighbour gets meanwhile. */
export async function observe(name: string, act: () => void | Promise<void>) {
  let turns = 0;
  const neighbour = setInterval(() => turns++, TURN_MS);
  const start = performance.now();
  await act();
  performance.measure(name, { start });
  clearInterval(neighbour);
  return { turns };
}

export async function main(): Promise<void> {
  const { turns } = await observe("wait", wait);
  const broken = await observe("broken wait", brokenWait);
  console.log(\`wait: \${turns} turns\`);
  console.log(\`broken wait: \${broken.turns} turns\`);
}

if (import.meta.main ?? true) main();
`;
}

function testOf({ slug }: NewNote): string {
  return `import { brokenWait, observe, wait } from "../../examples/${slug}.ts";
import { atLeast, claim } from "#claim";

// ${TO_WRITE} why load cannot break this claim, and a second claim.
claim("leaves-the-thread", {
  figure: "turns that the neighbour got",
  unit: "",
  bound: atLeast(1),
  subject: async () => (await observe("wait", wait)).turns,
  controls: {
    "broken wait": {
      leavesOut: "${TO_WRITE} what it leaves out of the concept",
      measure: async () => (await observe("broken wait", brokenWait)).turns,
    },
  },
});
`;
}

function frontmatter(
  { title, definition, needs, term }: NewNote,
  language: Language,
): string {
  const quote = (text: string) => JSON.stringify(text);
  return [
    "---",
    `title: ${quote(title[language])}`,
    ...(language === "ko" ? [`term: ${quote(term)}`] : []),
    `definition: ${quote(definition[language])}`,
    `needs: [${needs.join(", ")}]`,
    "aliases: []",
  ].join("\n");
}

function koreanOf(note: NewNote): string {
  return `${frontmatter(note, "ko")}
words:
  wait: ${TO_WRITE}
  broken wait: ${TO_WRITE}
  turns that the neighbour got: ${TO_WRITE}
---

**${note.title.ko}**(${note.term}) ${TO_WRITE} 정의를 첫 문장에 쓴다.[^definition]

## ${TO_WRITE} 무슨 일이 일어나고 왜 그런가

<Claim id="leaves-the-thread">${TO_WRITE} 테스트가 증명하는 문장 하나.</Claim> ${TO_WRITE} 그 이유.

<Example />

## ${TO_WRITE} “흔한 오해”

${TO_WRITE} 실행이 어떻게 반박하는가.

## ${TO_WRITE} 대신 할 일

${TO_WRITE} 무엇을 하고, 언제는 그래도 괜찮은가. 다른 글은 \`[[slug]]\`로 가리킨다.

## 정리

- ${TO_WRITE} 동료에게 적어 줄 두세 줄, 또는 표.

[^definition]: ${TO_WRITE} 읽는 사람이 확인할 수 있는 출처.
`;
}

function englishOf(note: NewNote): string {
  return `${frontmatter(note, "en")}
---

**${note.title.en}** ${TO_WRITE} the definition, in the first sentence.[^definition]

## ${TO_WRITE} what happens and why

<Claim id="leaves-the-thread">${TO_WRITE} one sentence that the test proves.</Claim> ${TO_WRITE} the reason.

<Example />

## ${TO_WRITE} “the common misconception”

${TO_WRITE} how the run disproves it.

## ${TO_WRITE} what to do instead

${TO_WRITE} what to do, and when it is right after all. Link to other notes with \`[[slug]]\`.

## In short

- ${TO_WRITE} two or three lines for a colleague, or a table.

[^definition]: ${TO_WRITE} a source that a reader can check.
`;
}
