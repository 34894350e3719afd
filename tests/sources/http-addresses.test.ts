import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {HttpError, type HttpRequest} from "../../src/sources/http/http.ts";
import {baseUrl, isCallable, nextOnSameHost} from "../../src/sources/http/url.ts";
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
const whole = {body: {data: [1]}};

describe("redirects", () => {
  test("are followed on the same host, with the key", async () => {
    server.on("/old", {status: 301, headers: {location: "/new?day=1"}});
    server.on("/new", whole);
    const {url} = await stubClient().send({...ask("/old"), headers: {"x-api-key": "k-123456"}});
    expect(url).toBe(`${server.url}/new?day=1`);
    expect(server.calls.map(({headers}) => headers["x-api-key"])).toEqual(["k-123456", "k-123456"]);
  });

  test.each(["other host", "https://readings.example/", "//readings.example/x", "file:///etc/passwd", "http://[bad"])(
    "to %s are not",
    async to => {
      server.on("/old", {status: 302, headers: {location: to === "other host" ? `${server.otherHost}/new` : to}});
      server.on("/new", whole);
      const error = await failureOf(stubClient().send({...ask("/old"), headers: {authorization: "Bearer k-123456"}}));
      expect([error.kind, error.status, server.calls.length]).toEqual(["redirect", 302, 1]);
      expect(error.message).not.toContain("readings.example");
    }
  );

  test("round in a ring end", async () => {
    server.on("/old", {status: 302, headers: {location: "/old"}});
    expect((await failureOf(stubClient().send(ask("/old")))).kind).toBe("redirect");
    expect(server.calls).toHaveLength(6);
  });

  test.each([
    [303, "GET "],
    [302, "GET "],
    [307, 'POST {"a":"b"}']
  ])("after %s what was posted", async (status, then) => {
    server.on("/old", {status, headers: {location: "/new"}});
    server.on("/new", whole);
    await stubClient().send({...ask("/old"), method: "POST", json: {a: "b"}});
    expect(server.calls.map(({method, body}) => `${method} ${body}`)[1]).toBe(then);
  });
});

describe("addresses", () => {
  test.each([
    ["https://api.example/v1", true],
    ["http://127.0.0.1:8080", true],
    ["http://localhost", true],
    ["http://[::1]:1", true],
    ["http://api.example/v1", false],
    ["http://127.0.0.1.api.example", false],
    ["http://localhost.example", false],
    ["https://user:word@api.example", false],
    ["ftp://127.0.0.1", false],
    ["api.example", false],
    ["", false]
  ])("%s: %s", (address, may) => {
    expect([isCallable(address), baseUrl.safeParse(address).success]).toEqual([may, may]);
  });

  test("a call in the open is not made", async () => {
    const error = await failureOf(stubClient().send({url: "http://api.example/?key=k-123456", accepts: "json"}));
    expect(error.message).not.toContain("k-123456");
  });

  test.each([
    ["https://api.example/a?page=2&from=2026-03-28T23%3A00Z", "https://api.example/a?page=2&from=2026-03-28T23%3A00Z"],
    ["/a?page=2", "https://api.example/a?page=2"],
    ["https://api.example:444/a", null],
    ["http://api.example/a", null],
    ["https://api.example.other/a", null],
    ["https://user@api.example/a", null],
    ["javascript:alert(1)", null]
  ])("the next after https://api.example/a, given as %s", (next, expected) => {
    expect(nextOnSameHost("https://api.example/a", next)).toBe(expected);
  });
});

describe("secrets", () => {
  const key = 'k"ey/+ 9Z';
  const request = (): HttpRequest => ({
    method: "POST",
    url: `${server.url}/data?api_key=${encodeURIComponent(key)}&site=900123`,
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:word-77`).toString("base64")}`,
      "x-api-key": "header-55",
      cookie: "a=b; s=cookie-44"
    },
    json: {login: {user: "user-33", password: "pass-22"}},
    accepts: "json"
  });
  const secrets = [
    key,
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
    "word-77",
    "header-55",
    "cookie-44",
    "user-33",
    "pass-22",
    "900123"
  ];

  test.each([
    ["status", {status: 403}],
    ["status", {status: 500}],
    ["wrong type", {status: 200, headers: {"content-type": "text/html"}}]
  ])("are in no error of kind %s, though the answer repeats them", async (kind, answer) => {
    server.on("/data", call => ({
      ...answer,
      body: `${call.url} ${JSON.stringify(call.headers)} ${call.body} ${key} ${secrets.join(" ")}`
    }));
    const error = await failureOf(stubClient({limits: {tries: 2}}).send(request()));
    expect(error.kind).toBe(kind);
    expect(error.body).toContain("[hidden]");
    const shown = `${error.message}\n${error.body}\n${error.stack}\n${JSON.stringify(error)}\n${String(error.cause)}`;
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(shown).not.toContain(Buffer.from(`${key}:word-77`).toString("base64"));
  });

  test.each([
    ["timeout", {delayMs: 1000}],
    ["network", {hangUp: true}],
    ["redirect", {status: 302, headers: {location: "https://other.example/?k=900123"}}]
  ])("are in no error of kind %s", async (kind, answer) => {
    server.on("/data", answer);
    const error = await failureOf(stubClient({limits: {tries: 1, responseMs: 50}}).send(request()));
    expect(error.kind).toBe(kind);
    for (const secret of secrets)
      expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(secret);
  });

  test("one that stands across the end of the excerpt is hidden whole", async () => {
    server.on("/data", {status: 400, body: `${"x".repeat(1995)}header-55`});
    const error = await failureOf(stubClient().send(request()));
    expect(error.body).toBe(`${"x".repeat(1995)}[hidd`);
  });
});
