import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/** What `public/_headers` asks of a host, so that a page may share memory. */
const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** How a host sends what it has. */
interface ServeOptions {
  /** Whether pages are cross-origin isolated. */
  isolated?: boolean;
  /** Whether files are sent compressed, gzip -9. */
  compressed?: boolean;
  /** Is given what a page posts. */
  onPost?: (body: string) => void;
}

/**
 * Serves a built site under a base path, as a static host does.
 *
 * @param base with a slash in front and none at the end
 */
export async function serve(
  dist: string,
  base: string,
  { isolated = false, compressed = false, onPost }: ServeOptions,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      void text(request).then((body) => {
        response.end();
        onPost?.(body);
      });
      return;
    }
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname.startsWith(`${base}/`)
      ? decodeURI(pathname.slice(base.length))
      : undefined;
    const asked =
      path && join(dist, path, path.endsWith("/") ? "index.html" : "");
    const found = asked && statSync(asked, { throwIfNoEntry: false })?.isFile();
    const file = found ? asked : join(dist, "404.html");
    const isCompressed = compressed && extname(file) !== ".png";
    response.writeHead(found ? 200 : 404, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      ...(isolated && ISOLATION),
      ...(isCompressed && { "content-encoding": "gzip" }),
    });
    const body = existsSync(file) ? readFileSync(file) : "";
    response.end(isCompressed ? gzipSync(body, { level: 9 }) : body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
