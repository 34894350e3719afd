import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {geotabApi} from "../../src/sources/geotab/api.ts";
import type {HttpClient} from "../../src/sources/http/http.ts";
import {type StubCall, type StubServer, startStub} from "../support/stub-server.ts";
import {ask, fetched, names} from "./fleet-asked.ts";

let server: StubServer;
beforeEach(async () => {
  server = await startStub();
});
afterEach(() => server.close());

describe("Geotab", () => {
  const variables = () => ({
    CANOPY_GEOTAB_URL: server.url,
    CANOPY_GEOTAB_DATABASE: "borough",
    CANOPY_GEOTAB_USER: "canopy",
    CANOPY_GEOTAB_PASSWORD: "the-password"
  });
  interface Rpc {
    readonly method: string;
    readonly params: {
      readonly typeName: string;
      readonly fromVersion?: string;
      readonly search?: {readonly fromDate: string};
      readonly credentials?: {readonly sessionId: string};
    };
  }
  const rpc = ({body}: Pick<StubCall, "body">) => JSON.parse(body) as Rpc;
  const signedIn = (sessionId: string, path = "ThisServer") => ({result: {credentials: {sessionId}, path}});
  const page = (ids: readonly string[], toVersion: string) => ({result: {data: ids.map(id => ({id})), toVersion}});
  const failed = (type: string) => ({error: {message: "words", data: {type}}, jsonrpc: "2.0"});

  /** A server whose sessions are s1, s2 and so on; `feed` answers a call of GetFeed. */
  function script(feed: (call: Rpc) => object, path?: string) {
    let sessions = 0;
    server.on("/apiv1", call => {
      const {method} = rpc(call);
      if (method !== "Authenticate") return {body: feed(rpc(call))};
      sessions += 1;
      return {body: signedIn(`s${sessions}`, path)};
    });
  }

  test("trips, then fuel and energy, page after page from where the one before ended", async () => {
    const trips: Record<string, object> = {"": page(["a"], "01"), "01": page(["b"], "02"), "02": page([], "02")};
    script(({params}) => (params.typeName === "Trip" ? (trips[params.fromVersion ?? ""] ?? {}) : page([], "99")));
    const {files, error} = await fetched(geotabApi, variables());
    expect([error, names(files)]).toEqual([
      null,
      [
        "geotab-trip-2026-05-14-2026-05-16-p1.json",
        "geotab-trip-2026-05-14-2026-05-16-p2.json",
        "geotab-fuelandenergyused-2026-05-14-2026-05-16-p1.json"
      ]
    ]);
    const feeds = server.calls.map(rpc).filter(({method}) => method === "GetFeed");
    expect(feeds.map(({params}) => params.fromVersion ?? params.search?.fromDate)).toEqual([
      "2026-05-14T00:00:00.000Z",
      "01",
      "02",
      "2026-05-14T00:00:00.000Z"
    ]);
    expect(feeds.every(({params}) => params.credentials?.sessionId === "s1")).toBe(true);
    expect(JSON.stringify(files)).not.toContain("the-password");
  });

  test("too many calls is a failure, though it comes with status 200, and is not asked again", async () => {
    script(() => failed("OverLimitException"));
    const {files, error} = await fetched(geotabApi, variables());
    expect(files).toEqual([]);
    expect(error).toMatchObject({kind: "status", message: "Geotab answers with an error: OverLimitException"});
    expect(server.calls).toHaveLength(2);
  });

  test("a session that has ended is begun again once", async () => {
    script(({params}) => (params.credentials?.sessionId === "s1" ? failed("InvalidUserException") : page([], "01")));
    const {files, error} = await fetched(geotabApi, variables());
    expect([error, files.length]).toEqual([null, 2]);
    expect(server.calls.map(call => rpc(call).method)).toEqual([
      "Authenticate",
      "GetFeed",
      "Authenticate",
      "GetFeed",
      "GetFeed"
    ]);
  });

  test("a session that ends again is a failure, and so is a wrong password", async () => {
    script(() => failed("InvalidUserException"));
    expect((await fetched(geotabApi, variables())).error).toMatchObject({kind: "status"});
    expect(server.calls).toHaveLength(4);
    server.on("/apiv1", {body: failed("InvalidUserException")});
    expect((await fetched(geotabApi, variables())).error).toMatchObject({kind: "status"});
    expect(server.calls).toHaveLength(5);
  });

  test("a feed that leads in a circle ends", async () => {
    script(() => page(["a"], "01"));
    expect((await fetched(geotabApi, variables())).error).toMatchObject({kind: "wrong type"});
    expect(server.calls).toHaveLength(3);
  });

  test.each([{}, {result: {}}, {result: {data: null, toVersion: "1"}}, {result: {data: []}}])(
    "%j is no page",
    async body => {
      script(() => body);
      expect((await fetched(geotabApi, variables())).error).toMatchObject({kind: "wrong type"});
    }
  );

  test.each([
    ["my3.geotab.example", "https://my3.geotab.example/apiv1"],
    ["my.geotab.example", "https://my.geotab.example/apiv1"],
    ["ThisServer", "https://my.geotab.example/apiv1"],
    ["geotab.example.evil.example", null],
    ["evilgeotab.example", null],
    ["geotab.example", null],
    ["evil.example/my3.geotab.example", null],
    ["user@my3.geotab.example", null],
    ["my3.geotab.example:8080", null],
    ["evil.example#.geotab.example", null],
    ["127.0.0.1", null]
  ])("a sign-in that names the server %s is followed to %s", async (path, expected) => {
    const called: string[] = [];
    const client: HttpClient = {
      send: async request => {
        called.push(request.url);
        const text = JSON.stringify(called.length === 1 ? signedIn("s1", path) : page([], "01"));
        return {url: request.url, status: 200, headers: {}, text};
      }
    };
    const given = {...variables(), CANOPY_GEOTAB_URL: "https://my.geotab.example"};
    const {error} = await fetched(geotabApi, given, ask, client);
    expect(called.slice(1)).toEqual(expected === null ? [] : [expected, expected]);
    if (expected === null) expect(error).toMatchObject({kind: "redirect"});
    else expect(error).toBeNull();
  });
});
