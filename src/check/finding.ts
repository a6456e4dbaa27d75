/** Something that a contributor has to mend. */
export interface Finding {
  /** From the project's root. */
  file: string;
  /** From 1. */
  line: number;
  /** What is wrong, and what to do. */
  message: string;
  /** Whose files it is about, where the file is not only theirs. */
  slug?: string;
  /** Something to know that fails no test. */
  isWarning?: boolean;
}

/** The findings as `file:line: message`, sorted, each once and on one line. */
export function report(findings: readonly Finding[]): string {
  const lines = findings
    .toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
    .map(
      ({ file, line, message, isWarning }) =>
        `${file}:${line}: ${isWarning ? "warning: " : ""}${message.replace(/\s*\n\s*/g, " ")}`,
    );
  return [...new Set(lines)].join("\n");
}
