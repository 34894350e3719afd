import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
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

describe("the budget", () => {
  const allowance = {calls: 3, everySeconds: 3600};

  test("is kept over a restart, and no call is made once it is spent", async () => {
    server.on("/data", whole);
    const path = join(folder, "deep", "calls.json");
    await stubClient({allowance, budget: budgetFile(path)}).send(ask());
    await stubClient({allowance, budget: budgetFile(path)}).send(ask());
    const client = stubClient({allowance, budget: budgetFile(path)});
    client.clock.now = new Date("2026-06-24T09:30:00Z");
    await client.send(ask());
    const error = await failureOf(client.send(ask()));
    expect([error.kind, error.status]).toEqual(["budget", null]);
    expect(error.message).toContain("2026-06-24T10:00:00.000Z");
    expect(server.calls).toHaveLength(3);

    client.clock.now = new Date("2026-06-24T10:00:00Z");
    await client.send(ask());
    await client.send(ask());
    expect((await failureOf(client.send(ask()))).message).toContain("2026-06-24T10:30:00.000Z");
  });

  test("counts every try and every redirect", async () => {
    server.on("/data", [{status: 500}, {status: 302, headers: {location: "/there"}}]);
    server.on("/there", whole);
    const client = stubClient({allowance});
    await client.send(ask());
    expect((await client.budget.read("stub")).calls).toHaveLength(3);
    expect((await failureOf(client.send(ask()))).kind).toBe("budget");
  });

  test("counts calls sent all at once", async () => {
    server.on("/data", whole);
    const client = stubClient({allowance, budget: budgetFile(join(folder, "calls.json"))});
    const kinds = await Promise.all(
      Array.from({length: 5}, () =>
        client.send(ask()).then(
          () => "sent",
          (error: HttpError) => error.kind
        )
      )
    );
    expect(kinds).toEqual(["sent", "sent", "sent", "budget", "budget"]);
    expect(server.calls).toHaveLength(3);
  });

  test("is each service's own, in one file", async () => {
    server.on("/data", whole);
    const budget = budgetFile(join(folder, "calls.json"));
    const [one, other] = ["octopus", "__proto__"].map(service =>
      stubClient({service, allowance: {calls: 1, everySeconds: 60}, budget})
    );
    await Promise.all([one?.send(ask()), other?.send(ask())]);
    expect((await failureOf(one?.send(ask()) ?? Promise.resolve())).kind).toBe("budget");
    expect((await budget.read("octopus")).calls).toHaveLength(1);
  });

  test("forgets calls when they no longer count, and those of a clock that was years ahead", async () => {
    server.on("/data", whole);
    const client = stubClient({allowance});
    client.clock.now = new Date("2039-01-01T00:00:00Z");
    for (let time = 0; time < 3; time += 1) await client.send(ask());
    client.clock.now = new Date("2026-06-24T09:00:00Z");
    await client.send(ask());
    expect((await client.budget.read("stub")).calls).toEqual([Date.UTC(2026, 5, 24, 9)]);
  });

  test.each(["", "{", "[]", "null", '{"stub":{"calls":"many"}}', '{"stub":{"calls":[1]}}'])(
    "a record that holds %j is not taken for an empty one",
    async damaged => {
      const path = join(folder, "calls.json");
      await writeFile(path, damaged);
      await expect(stubClient({allowance, budget: budgetFile(path)}).send(ask())).rejects.toThrow(/damaged/);
      expect(server.calls).toHaveLength(0);
    }
  );

  test("is written before the call is made", async () => {
    const path = join(folder, "calls.json");
    const seen: string[] = [];
    const budget = budgetFile(path);
    const {write} = budget;
    const watched = {
      ...budget,
      write: async (...args: Parameters<typeof write>) => {
        await write(...args);
        seen.push(
          `${server.calls.length} made: ${(JSON.parse(await readFile(path, "utf8")) as {stub: {calls: number[]}}).stub.calls.length} written`
        );
      }
    };
    server.on("/data", whole);
    await stubClient({allowance, budget: watched}).send(ask());
    expect(seen).toEqual(["0 made: 1 written"]);
  });
});
