import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {budgetFile} from "../../src/sources/http/budget.ts";
import {HttpError, type HttpRequest} from "../../src/sources/http/http.ts";
import {stubClient} from "../support/stub-client.ts";
import {type StubServer, startStub} from "../support/stub-server.ts";

let server: StubServer;
let folder: string;
beforeEach(async () => {
  server = await startStub();
  folder = await mkdtemp(join(tmpdir(), "canopy-http-"));
});
afterEach(async () => {
  await server.close();
  await rm(folder, {recursive: true});
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

describe("calls that are tried again", () => {
  test("500 three times, then an answer: waits double, half of each", async () => {
    server.on("/data", [{status: 500}, {status: 502}, {status: 504}, whole]);
    const client = stubClient();
    expect((await client.send(ask())).text).toBe('{"data":[1]}');
    expect(client.slept).toEqual([500, 1000, 2000]);
  });

  test("no more than the tries", async () => {
    server.on("/data", {status: 503, body: "down for the day"});
    const error = await failureOf(stubClient().send(ask()));
    expect([error.kind, error.status, error.body, server.calls.length]).toEqual(["status", 503, "down for the day", 4]);
  });

  test.each([400, 401, 403, 404, 410, 422, 501])("not %s, which another try would not change", async status => {
    server.on("/data", {status, body: {detail: "no"}});
    const error = await failureOf(stubClient().send(ask()));
    expect([error.kind, error.status, error.body, server.calls.length]).toEqual([
      "status",
      status,
      '{"detail":"no"}',
      1
    ]);
  });

  test("what is slow, and then is not", async () => {
    server.on("/data", [{delayMs: 1000}, whole]);
    expect((await stubClient({limits: {responseMs: 100}}).send(ask())).status).toBe(200);
    expect(server.calls).toHaveLength(2);
  });

  test("what is slow for ever has a kind of its own", async () => {
    server.on("/data", {delayMs: 1000});
    const error = await failureOf(stubClient({limits: {responseMs: 50, tries: 2}}).send(ask()));
    expect([error.kind, error.status, server.calls.length]).toEqual(["timeout", null, 2]);
  });

  test("a broken connection, and an answer cut off", async () => {
    server.on("/data", [{hangUp: true}, {...whole, truncateAt: 5}, whole]);
    expect((await stubClient().send(ask())).text).toBe('{"data":[1]}');
    expect(server.calls).toHaveLength(3);
  });

  test("nobody listening", async () => {
    const gone = await startStub();
    await gone.close();
    const error = await failureOf(stubClient().send({url: `${gone.url}/data`, accepts: "json"}));
    expect([error.kind, error.message]).toEqual(["network", expect.stringContaining("ECONNREFUSED")]);
  });

  test("a post is made with its body each time", async () => {
    server.on("/login", [{status: 500}, whole]);
    await stubClient().send({method: "POST", url: `${server.url}/login`, json: {user: "u"}, accepts: "json"});
    await stubClient().send({method: "POST", url: `${server.url}/login`, form: {user: "u"}, accepts: "json"});
    expect(server.calls.map(({method, body}) => `${method} ${body}`)).toEqual([
      'POST {"user":"u"}',
      'POST {"user":"u"}',
      "POST user=u"
    ]);
  });

  test("waits are never longer than twice the one before, nor than the limit", async () => {
    server.on("/data", {status: 500});
    await fc.assert(
      fc.asyncProperty(
        fc.double({min: 0, max: 0.999, noNaN: true}),
        fc.integer({min: 1, max: 9}),
        async (part, tries) => {
          const client = stubClient({
            random: () => part,
            limits: {tries, longestWaitMs: 5000, failuresBeforePause: 99}
          });
          await failureOf(client.send(ask()));
          expect(client.slept).toEqual(
            [1000, 2000, 4000, 5000, 5000, 5000, 5000, 5000].slice(0, tries - 1).map(most => Math.ceil(part * most))
          );
        }
      ),
      {numRuns: 15}
    );
  });
});

describe("a service that asks to be left alone", () => {
  test("for some seconds is called again after them", async () => {
    server.on("/data", [
      {status: 429, headers: {"retry-after": "17"}},
      {status: 503, headers: {"retry-after": "3"}},
      whole
    ]);
    const client = stubClient();
    await client.send(ask());
    expect(client.slept).toEqual([17_000, 3_000]);
  });

  test("until a date is called again then", async () => {
    server.on("/data", [{status: 429, headers: {"retry-after": "Wed, 24 Jun 2026 09:01:30 GMT"}}, whole]);
    const client = stubClient();
    await client.send(ask());
    expect(client.slept).toEqual([90_000]);
  });

  test.each(["soon", "-5", "", "1e9", "2026-06-24"])('"%s" says nothing', async text => {
    server.on("/data", [{status: 429, headers: {"retry-after": text}}, whole]);
    const client = stubClient();
    await client.send(ask());
    expect(client.slept).toEqual([500]);
  });

  test("for longer than is waited is not called again before, by a later process either", async () => {
    server.on("/data", [{status: 429, headers: {"retry-after": "960"}}, whole]);
    const path = join(folder, "calls.json");
    const client = stubClient({budget: budgetFile(path)});
    const error = await failureOf(client.send(ask()));
    expect([error.kind, error.status, client.slept, server.calls.length]).toEqual(["status", 429, [], 1]);

    const later = stubClient({budget: budgetFile(path)});
    later.clock.now = new Date("2026-06-24T09:15:59Z");
    const refused = await failureOf(later.send(ask()));
    expect([refused.kind, refused.message]).toEqual(["budget", expect.stringContaining("2026-06-24T09:16:00.000Z")]);
    expect(server.calls).toHaveLength(1);

    later.clock.now = new Date("2026-06-24T09:16:00Z");
    expect((await later.send(ask())).status).toBe(200);
  });

  test("and never says until when, is left alone for a quarter of an hour", async () => {
    server.on("/data", {status: 429});
    const client = stubClient();
    expect((await failureOf(client.send(ask()))).status).toBe(429);
    expect((await failureOf(client.send(ask()))).kind).toBe("budget");
    expect(server.calls).toHaveLength(4);
    client.clock.now = new Date(client.clock.now.getTime() + 15 * 60_000);
    expect((await failureOf(client.send(ask()))).status).toBe(429);
  });

  test("for years is left alone for a day", async () => {
    server.on("/data", [{status: 503, headers: {"retry-after": "999999999"}}, whole]);
    const client = stubClient();
    await failureOf(client.send(ask()));
    client.clock.now = new Date("2026-06-25T08:59:59Z");
    expect((await failureOf(client.send(ask()))).kind).toBe("budget");
    client.clock.now = new Date("2026-06-25T09:00:00Z");
    expect((await client.send(ask())).status).toBe(200);
  });

  test("one resource that fails does not stop the others, five in a row do", async () => {
    server.on("/broken", {status: 500});
    server.on("/data", whole);
    const client = stubClient({limits: {tries: 1}});
    for (let time = 0; time < 4; time += 1) await failureOf(client.send(ask("/broken")));
    expect((await client.send(ask())).status).toBe(200);
    for (let time = 0; time < 5; time += 1) expect((await failureOf(client.send(ask("/broken")))).kind).toBe("status");
    expect((await failureOf(client.send(ask()))).kind).toBe("budget");
  });
});
