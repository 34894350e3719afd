import {gzipSync} from "node:zlib";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {HttpError, type HttpRequest} from "../../src/sources/http/http.ts";
import {stubClient} from "../support/stub-client.ts";
import {type StubServer, startStub} from "../support/stub-server.ts";

let server: StubServer;
beforeEach(async () => {
  server = await startStub();
});
afterEach(async () => {
  await server.close();
});

const ask = (path = "/data"): HttpRequest => ({url: `${server.url}${path}`, accepts: "json"});
const failureOf = async (sent: Promise<unknown>): Promise<HttpError> => {
  const error = await sent.then(
    () => null,
    (thrown: unknown) => thrown
  );
  expect(error).toBeInstanceOf(HttpError);
  return error as HttpError;
};

describe("what an answer must be", () => {
  test.each([
    ["a page", "json", "<!DOCTYPE html><html><body>Down</body></html>", "text/html"],
    ["a page called JSON", "json", "\n <!doctype html><p>Down", "application/json"],
    ["a page of a gateway, called CSV", "csv", "<html>Your picture</html>", "text/csv"],
    ["a page where text is wanted", "text", "<!-- x --><html>", "text/plain"],
    ["JSON called a page", "json", "{}", "text/html; charset=utf-8"],
    ["JSON cut off", "json", '{"results":[{"consumption":0.2', "application/json"],
    ["a number", "json", "17", "application/json"],
    ["null", "json", "null", "application/json"],
    ["nothing", "json", "", "application/json"],
    ["blanks", "csv", " \r\n", "text/csv"],
    ["nothing at all", "text", "", "text/plain"],
    ["markup", "json", '<?xml version="1.0"?><error/>', "application/json"],
    ["an error as JSON where CSV is wanted", "csv", '{"error":"limit"}', "text/csv"],
    ["bytes", "csv", "PK\u0003\u0004\u0000\u0000", "text/csv"]
  ] as const)("%s is none", async (_name, accepts, body, type) => {
    server.on("/data", {body, headers: {"content-type": type}});
    const error = await failureOf(stubClient().send({...ask(), accepts}));
    expect([error.kind, error.status, error.body, server.calls.length]).toEqual(["wrong type", 200, body, 1]);
  });

  test.each([
    ["json", '[{"a":1}]', "text/plain"],
    ["json", "\ufeff {}\n", "application/vnd.api+json"],
    ["csv", "a,b\r\n1,2\r\n", "application/octet-stream"],
    ["csv", "[x],b\n", "text/csv"],
    ["text", '<?xml version="1.0"?><a/>', "text/xml"]
  ] as const)("%s: %j is one", async (accepts, body, type) => {
    server.on("/data", {body, headers: {"content-type": type}});
    expect((await stubClient().send({...ask(), accepts})).text).toBe(body.replace("\ufeff", ""));
  });

  test("a body as large as is allowed, and one larger", async () => {
    const client = stubClient({limits: {largestBytes: 1000}});
    server.on("/data", [{body: "x".repeat(1000)}, {body: "x".repeat(1001)}, {body: "x".repeat(5_000_000)}]);
    expect((await client.send({...ask(), accepts: "text"})).text).toHaveLength(1000);
    for (let time = 0; time < 2; time += 1)
      expect((await failureOf(client.send({...ask(), accepts: "text"}))).kind).toBe("too large");
    expect(server.calls).toHaveLength(3);
  });

  test("one that never ends is not read to its end", async () => {
    const endless = await startEndless();
    const error = await failureOf(
      stubClient({limits: {largestBytes: 1_000_000}}).send({url: endless.url, accepts: "text"})
    );
    expect(error.kind).toBe("too large");
    await endless.isLeft;
    await endless.close();
  });

  test("is measured as it unpacks, not as it comes", async () => {
    const compressing = await startCompressing("x".repeat(3_000_000));
    const request = {url: compressing.url, accepts: "text"} as const;
    expect((await failureOf(stubClient({limits: {largestBytes: 1_000_000}}).send(request))).kind).toBe("too large");
    expect((await stubClient().send(request)).text).toHaveLength(3_000_000);
    await compressing.close();
  });

  test.each([
    ["£1 in Windows-1252, unsaid", Buffer.from([0xa3, 0x31]), "text/csv", "£1"],
    ["£1 in UTF-8, unsaid", Buffer.from("£1"), "text/csv", "£1"],
    ["£1 in Latin-1, said", Buffer.from([0xa3, 0x31]), "text/csv; charset=iso-8859-1", "£1"],
    ["£1 in what there is not", Buffer.from("£1"), "text/csv; charset=klingon", "£1"]
  ])("%s", async (_name, bytes, type, text) => {
    const plain = await startBytes(bytes, {"content-type": type});
    expect((await stubClient().send({url: plain.url, accepts: "csv"})).text).toBe(text);
    await plain.close();
  });
});

/** A server that sends until it is left. */
async function startEndless() {
  const {createServer} = await import("node:http");
  const {Readable} = await import("node:stream");
  const block = Buffer.alloc(65_536, "x");
  let left = () => {};
  const isLeft = new Promise<void>(resolve => {
    left = resolve;
  });
  const endless = createServer((_request, response) => {
    response.on("close", left);
    new Readable({
      read() {
        this.push(block);
      }
    }).pipe(response);
  });
  await new Promise<void>(resolve => endless.listen(0, "127.0.0.1", resolve));
  const {port} = endless.address() as {port: number};
  return {url: `http://127.0.0.1:${port}/`, isLeft, close: () => new Promise(resolve => endless.close(resolve))};
}

async function startBytes(bytes: Buffer, headers: Record<string, string>) {
  const {createServer} = await import("node:http");
  const plain = createServer((_request, response) => void response.writeHead(200, headers).end(bytes));
  await new Promise<void>(resolve => plain.listen(0, "127.0.0.1", resolve));
  const {port} = plain.address() as {port: number};
  return {url: `http://127.0.0.1:${port}/`, close: () => new Promise(resolve => plain.close(resolve))};
}

const startCompressing = (text: string) =>
  startBytes(gzipSync(text), {"content-type": "text/plain", "content-encoding": "gzip"});
