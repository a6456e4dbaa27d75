import { execFile } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration, AstroIntegrationLogger } from "astro";
import type { Plugin } from "vite";
import { TIMES } from "./times-told.ts";

const CHECK = fileURLToPath(new URL("../commands/check.ts", import.meta.url));
const IN_PAGE = "/src/build/findings-in-page.ts";
/** What a note is made of. */
const FOLLOWED = /^(?:examples|tests\/claims|src\/content)\//;
/** What Astro has read of it, written when it has. */
const STORE = /^\.astro\/data-store/;
/** An editor may write a file in several steps, and a command several files. */
const QUIET_MS = 100;

/**
 * Shows in `npm run dev` what `npm run check` finds, in the terminal and at the
 * foot of each page, and loads the page again when a note, an example, a test
 * or evidence changes. Leaves nothing in the built site.
 */
export function findingsInDev(): AstroIntegration {
  return {
    name: "findings",
    hooks: {
      "astro:config:setup": ({
        command,
        injectScript,
        updateConfig,
        logger,
      }) => {
        if (command !== "dev") return;
        injectScript("page", `import "${IN_PAGE}";`);
        updateConfig({ vite: { plugins: [followNotes(logger)] } });
      },
    },
  };
}

function followNotes(logger: AstroIntegrationLogger): Plugin {
  let findings = "";
  return {
    name: "follow-notes",
    configureServer({ config, middlewares, watcher, ws }) {
      // Whoever is not connected yet is not told to load again. So a page tells,
      // once it is, how many times others had been told when it was asked for.
      let times = 0;
      const loadAgain = () => {
        times++;
        ws.send({ type: "full-reload" });
      };
      middlewares.use((_, response, next) => {
        response.setHeader("Server-Timing", `${TIMES};dur=${times}`);
        next();
      });
      const look = async () => {
        const found = await check(config.root);
        if (found === findings) return;
        findings = found;
        if (found === "") logger.info("Nothing to mend.");
        else logger.warn(`\n${found}`);
        ws.send("findings", found);
      };
      let timer: NodeJS.Timeout | undefined;
      let looking = look();
      watcher.on("all", (_, file) => {
        const path = relative(config.root, file).replaceAll("\\", "/");
        if (STORE.test(path)) return loadAgain();
        if (!FOLLOWED.test(path) || path.endsWith(".tmp")) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          loadAgain();
          looking = looking.then(look);
        }, QUIET_MS);
      });
      ws.on("findings:ask", (then: number, client) => {
        if (then < times) client.send({ type: "full-reload" });
        else client.send("findings", findings);
      });
    },
  };
}

/** In a process of its own: it reads everything as it is now on disk. */
function check(root: string): Promise<string> {
  return new Promise((done) => {
    execFile(process.execPath, [CHECK], { cwd: root }, (_, __, errors) =>
      done(errors.trimEnd()),
    );
  });
}
