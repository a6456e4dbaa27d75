import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { inject } from "vitest";

/** A page of the built site. */
export interface BuiltPage {
  /** Its path inside the site: `/ko/busy-wait/`. */
  path: string;
  html: string;
  document: Document;
  language: string;
}

/** All pages of the built site. */
export function builtPages(): BuiltPage[] {
  const dist = inject("dist");
  return globSync("**/*.html", { cwd: dist })
    .sort()
    .map((file) => {
      const html = readFileSync(join(dist, file), "utf8");
      const path = `/${file.replaceAll("\\", "/").replace(/index\.html$/, "")}`;
      const { document } = parseHTML(html);
      const language = document.documentElement.getAttribute("lang") ?? "";
      return { path, html, document, language };
    });
}

/** Pages of notes: `/ko/busy-wait/`. */
export function isNote({ path, document }: BuiltPage): boolean {
  return (
    /^\/(ko|en)\/[\w-]+\/$/.test(path) &&
    document.querySelector(".kicker") !== null &&
    document.querySelector(".steps") !== null
  );
}
