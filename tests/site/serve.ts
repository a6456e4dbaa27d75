import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
};

/** What `public/_headers` asks of a host, so that a page may share memory. */
const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/**
 * Serves a built site under a base path, as a static host does.
 *
 * @param isolated whether pages are cross-origin isolated
 */
export async function serve(
  dist: string,
  base: string,
  isolated: boolean,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname.startsWith(`${base}/`)
      ? decodeURI(pathname.slice(base.length))
      : undefined;
    const file =
      path && join(dist, path, path.endsWith("/") ? "index.html" : "");
    if (!file || file.includes("..") || !existsSync(file)) {
      const page = join(dist, "404.html");
      response.writeHead(404, { "content-type": TYPES[".html"] });
      if (existsSync(page)) createReadStream(page).pipe(response);
      else response.end();
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const isolation = isolated ? ISOLATION : {};
    response.writeHead(200, { "content-type": type, ...isolation });
    createReadStream(file).pipe(response);
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
