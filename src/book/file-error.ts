/** Something in a file that its writer can mend, and that ends its reading. */
export class FileError extends Error {
  /** From the project's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What is wrong, and what to do. */
  readonly fault: string;

  constructor(file: string, line: number, fault: string) {
    super(`${file}:${line}: ${fault}`);
    this.file = file;
    this.line = line;
    this.fault = fault;
  }
}

/** The line, from 1, on which an index of a text stands. */
export function lineAtIndex(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
