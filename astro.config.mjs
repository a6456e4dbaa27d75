import mdx from "@astrojs/mdx";
import { satteri } from "@astrojs/markdown-satteri";
import sitemap from "@astrojs/sitemap";
import { defineConfig } from "astro/config";
import { findingsInDev } from "./src/build/findings-in-dev.ts";
import { codeBlocks } from "./src/build/code-blocks.ts";
import { componentsOfNote } from "./src/build/components-of-note.ts";
import { footnotes } from "./src/build/footnotes.ts";
import { FEATURES } from "./src/book/note-tree.ts";
import { onlyText } from "./src/build/only-text.ts";
import { wikiLinks } from "./src/build/wiki-links.ts";
import { onlyOwnHashes } from "./src/build/only-own-hashes.ts";
import { examplesInBrowser } from "./src/build/examples-in-browser.ts";

// Where the site is served is the deployment's business: set SITE (with the
// scheme) and BASE (with its leading slash) in its environment.
const site = process.env.SITE;
const base = process.env.BASE ?? "/";

/** Lets a page share memory between its workers: `public/_headers` too. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  ...(site && { site }),
  base,
  trailingSlash: "always",
  build: { inlineStylesheets: "always", concurrency: 4 },
  server: { headers: isolation },
  vite: {
    plugins: [examplesInBrowser()],
    worker: {
      format: "es",
      // Every page names nine of these files: 36 bits tell their versions apart.
      rolldownOptions: {
        output: { entryFileNames: "_astro/[name]-[hash:6].js" },
      },
    },
    build: {
      modulePreload: false,
      rolldownOptions: {
        // Astro marks every note with a directive that the bundler warns of.
        onLog(level, log, handle) {
          if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
        },
      },
    },
  },
  devToolbar: { enabled: false },
  integrations: [
    mdx({ optimize: true }),
    onlyOwnHashes(),
    findingsInDev(),
    ...(site ? [sitemap({ filter: (page) => !page.endsWith("/print/") })] : []),
  ],
  markdown: {
    processor: satteri({
      features: FEATURES,
      mdastPlugins: [onlyText, wikiLinks({ base }), componentsOfNote],
      hastPlugins: [codeBlocks, footnotes],
    }),
    syntaxHighlight: false,
  },
  security: {
    csp: {
      directives: [
        "default-src 'none'",
        "img-src 'self'",
        "connect-src 'self'",
        // Run starts its workers from a blob, so that this policy holds in them.
        "worker-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'none'",
      ],
    },
  },
});
