import {realpath} from "node:fs/promises";
import {createServer, type IncomingMessage, type Server, type ServerResponse} from "node:http";
import {join, sep} from "node:path";
import send from "send";

/** Pages may load what is of the site itself, and nothing else: no other host, no script of their own text, no frame around them. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join("; ");

const headers = {
  "Content-Security-Policy": policy,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin"
};

/** The names by which a browser of this machine asks for it; under any other name, somebody else's page is asking. */
const ownNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * A server of the files of one folder, for this machine alone: it answers to GET and HEAD under the machine's own names, and never with what lies outside
 * the folder, by whatever path or link. It is not listening yet.
 */
export function siteServer(folder: string): Server {
  return createServer((request, response) => {
    answer(folder, request, response).catch(() => refuse(response, 500));
  });
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (!ownNames.test(request.headers.host ?? "")) return refuse(response, 403);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405);
  }
  const path = pathOf(request.url ?? "");
  if (path === null) return refuse(response, 400);
  if (!(await isWithin(folder, path))) return refuse(response, 404);
  const file = send(request, path, {root: folder, dotfiles: "ignore", index: "index.html", cacheControl: false});
  response.setHeader("Cache-Control", "no-cache");
  file.on("error", ({status}: {status?: number}) => refuse(response, status ?? 500));
  file.pipe(response);
}

/** The path that is asked for, as it stood in the address; null where it is none. */
function pathOf(url: string): string | null {
  const [path = ""] = url.split(/[?#]/);
  try {
    return decodeURIComponent(path).includes("\0") || !path.startsWith("/") ? null : path;
  } catch {
    return null;
  }
}

/** Whether a path leads to something in the folder, once every link on the way is followed. */
async function isWithin(folder: string, path: string): Promise<boolean> {
  const root = await realpath(folder).catch(() => null);
  const place = await realpath(join(folder, decodeURIComponent(path))).catch(() => null);
  return root !== null && place !== null && (place === root || place.startsWith(root + sep));
}

const words: Readonly<Record<number, string>> = {
  400: "not an address of this site",
  403: "this site is for this machine alone",
  404: "there is no such page",
  405: "pages are read here, and nothing is written"
};

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  response.statusCode = status;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end(`${words[status] ?? "this page cannot be shown"}\n`);
}
