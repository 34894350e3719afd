import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo, Socket} from "node:net";
import {text} from "node:stream/consumers";

/** One answer of the stub. Everything may be left out: it is then status 200 with an empty JSON object. */
export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it stands, anything else as JSON. */
  readonly body?: unknown;
  /** Milliseconds before the head of the answer is sent. */
  readonly delayMs?: number;
  /** Sends so many bytes of the body, says that there are more, and breaks the connection. */
  readonly truncateAt?: number;
  /** Breaks the connection without a word. */
  readonly hangUp?: boolean;
}

/** A call that the stub received. */
export interface StubCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What is answered at a path: always the same, one after the other (the last for ever), or worked out from the call. */
export type StubScript = StubAnswer | readonly StubAnswer[] | ((call: StubCall) => StubAnswer);

export interface StubServer {
  /** Such as "http://127.0.0.1:40123", without a last slash. */
  readonly url: string;
  /** The same server under another host name, for redirects and links that lead away. */
  readonly otherHost: string;
  /** Every call received, in order. */
  readonly calls: StubCall[];
  /** Scripts the answers at a path ("/v1/meters", without query). Paths without a script answer 404. */
  readonly on: (path: string, script: StubScript) => void;
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Starts a small HTTP server on 127.0.0.1 that plays a service for a test.
 *
 * @example
 * const server = await startStub();
 * server.on("/v1/readings", [{status: 500}, {status: 429, headers: {"retry-after": "7"}}, {body: {data: []}}]);
 * server.on("/v1/login", call => (call.body.includes("right") ? {body: {token: "t"}} : {status: 401}));
 * const client = stubClient();
 * const answer = await client.send({url: `${server.url}/v1/readings?day=1`, accepts: "json"});
 * expect(server.calls.map(({path, query}) => [path, query.get("day")])).toEqual([...]);
 * await server.close();
 */
export async function startStub(): Promise<StubServer> {
  const scripts = new Map<string, StubScript>();
  const asked = new Map<string, number>();
  const calls: StubCall[] = [];
  const sockets = new Set<Socket>();

  function answerTo(call: StubCall): StubAnswer {
    const script = scripts.get(call.path);
    const times = asked.get(call.path) ?? 0;
    asked.set(call.path, times + 1);
    if (script === undefined) return {status: 404, body: {detail: "no script for this path"}};
    if (typeof script === "function") return script(call);
    if (!Array.isArray(script)) return script as StubAnswer;
    return script[Math.min(times, script.length - 1)] ?? {};
  }

  const server = createServer(async (request, response) => {
    const {pathname, searchParams} = new URL(request.url ?? "/", "http://stub");
    const body = await text(request);
    const {method = "", url = "", headers} = request;
    const call = {method, path: pathname, query: searchParams, url, headers, body};
    calls.push(call);
    await reply(answerTo(call), response);
  });
  server.on("connection", socket => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;

  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    otherHost: `http://localhost:${port}`,
    calls,
    on: (path, script) => {
      scripts.set(path, script);
      asked.delete(path);
    },
    close,
    [Symbol.asyncDispose]: close
  };
}

async function reply(answer: StubAnswer, response: ServerResponse): Promise<void> {
  const {status = 200, headers = {}, body = {}, delayMs = 0, truncateAt, hangUp = false} = answer;
  if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs));
  if (hangUp) return void response.destroy();
  const sent = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const type = typeof body === "string" ? "text/plain" : "application/json";
  response.writeHead(status, {"content-type": type, "content-length": sent.length, ...headers});
  if (truncateAt === undefined) return void response.end(sent);
  response.write(sent.subarray(0, truncateAt), () => response.destroy());
}
