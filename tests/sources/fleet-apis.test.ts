import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {dvlaApi} from "../../src/sources/dvla/api.ts";
import {dvlaVehicles} from "../../src/sources/dvla/vehicle.ts";
import {geotabApi} from "../../src/sources/geotab/api.ts";
import type {Ask} from "../../src/sources/http/api.ts";
import {HttpError} from "../../src/sources/http/http.ts";
import {ocpiApi} from "../../src/sources/ocpi/api.ts";
import {webfleetApi} from "../../src/sources/webfleet/api.ts";
import {type StubCall, type StubServer, startStub} from "../support/stub-server.ts";
import {ask, fetched, names} from "./fleet-asked.ts";
import {read} from "./fleet-given.ts";

let server: StubServer;
beforeEach(async () => {
  server = await startStub();
});
afterEach(() => server.close());

test("every variable is told, and a service without its secrets is not asked", () => {
  for (const api of [dvlaApi, ocpiApi, geotabApi, webfleetApi]) {
    expect(api.settings.safeParse({}).success).toBe(false);
    expect(Object.keys(api.variables).every(name => /^CANOPY_(DVLA|OCPI|GEOTAB|WEBFLEET)_[A-Z_]+$/.test(name))).toBe(
      true
    );
  }
});

describe("DVLA", () => {
  const variables = () => ({
    CANOPY_DVLA_API_KEY: "the-key",
    CANOPY_DVLA_REGISTRATIONS: "QZ38 FTS, qz75kpl,QZ38FTS,QZ00NON",
    CANOPY_DVLA_URL: server.url
  });
  const year: Ask = {...ask, from: new Date("2025-05-15T00:00:00Z")};
  const asked = (call: StubCall) => (JSON.parse(call.body) as {registrationNumber: string}).registrationNumber;
  const vehicle = (call: StubCall) => ({body: {registrationNumber: asked(call), make: "LEYLAND"}});
  const notFound = {status: 404, body: {errors: [{status: "404", code: "404", title: "Vehicle Not Found"}]}};

  test("a vehicle that is not known is noted beside the others; the file's name tells none", async () => {
    server.on("/vehicles", call => (asked(call) === "QZ00NON" ? notFound : vehicle(call)));
    const {files, error} = await fetched(dvlaApi, variables(), year);
    expect([error, names(files)]).toEqual([null, ["dvla-vehicles-2026-05-16-p1.json"]]);
    expect(server.calls.map(asked)).toEqual(["QZ38FTS", "QZ75KPL", "QZ00NON"]);
    expect(server.calls.every(call => call.method === "POST" && call.headers["x-api-key"] === "the-key")).toBe(true);
    const {rows, rejected} = read(dvlaVehicles, files[0]?.text ?? "");
    expect(rows.map(row => row.registration)).toEqual(["QZ38FTS", "QZ75KPL"]);
    expect(rejected.map(({line, value}) => [line, value])).toEqual([[3, "404"]]);
  });

  test("429 and 503 are asked again; what lasts ends the asking, after what came before is given", async () => {
    server.on("/vehicles", [
      {status: 429, body: {message: "Too Many Requests"}},
      {status: 503},
      {body: {registrationNumber: "QZ38FTS"}},
      {status: 403, body: {message: "Forbidden"}}
    ]);
    const {files, error} = await fetched(dvlaApi, variables(), year);
    expect(files.map(({text}) => read(dvlaVehicles, text).rows.map(row => row.registration))).toEqual([["QZ38FTS"]]);
    expect(error).toMatchObject({kind: "status", status: 403});
  });

  test("a wrong address is no vehicle that is not known", async () => {
    const {files, error} = await fetched(dvlaApi, {...variables(), CANOPY_DVLA_URL: `${server.url}/wrong`}, year);
    expect(files).toEqual([]);
    expect(error).toMatchObject({kind: "status", status: 404});
  });

  test("each vehicle is asked for on one day of a year", async () => {
    server.on("/vehicles", vehicle);
    const start = Date.parse("2026-01-01T00:00:00Z");
    for (let day = 0; day < 365; day += 1) {
      const [from, to] = [new Date(start + day * 86_400_000), new Date(start + (day + 1) * 86_400_000)];
      const {error} = await fetched(dvlaApi, variables(), {from, to, now: to});
      expect(error).toBeNull();
    }
    expect(server.calls.map(asked).sort()).toEqual(["QZ00NON", "QZ38FTS", "QZ75KPL"]);
  });
});

describe("OCPI", () => {
  const variables = (more: object = {}) => ({
    CANOPY_OCPI_URL: `${server.url}/cdrs`,
    CANOPY_OCPI_TOKEN: "ebf3b399",
    ...more
  });
  const page = (ids: readonly number[], headers = {}, status_code = 1000) => ({
    headers,
    body: {data: ids.map(id => ({id})), status_code, status_message: "", timestamp: "2026-05-16T00:00:00Z"}
  });
  const offsets = () => server.calls.map(call => call.query.get("offset"));
  const linkTo = (offset: number, host = server.url) => ({
    link: `<${host}/cdrs?offset=${offset}&limit=2>; rel="next"`,
    "x-limit": "2"
  });

  test("three pages by their links, asked by when records were updated", async () => {
    server.on("/cdrs", [page([1, 2], linkTo(2)), page([3, 4], linkTo(4)), page([5])]);
    const {files, error} = await fetched(ocpiApi, variables());
    expect([error, names(files)]).toEqual([
      null,
      [
        "ocpi-cdrs-2026-05-14-2026-05-16-p1.json",
        "ocpi-cdrs-2026-05-14-2026-05-16-p2.json",
        "ocpi-cdrs-2026-05-14-2026-05-16-p3.json"
      ]
    ]);
    expect(offsets()).toEqual(["0", "2", "4"]);
    const [first] = server.calls;
    expect([first?.query.get("date_from"), first?.query.get("date_to")]).toEqual([
      "2026-05-14T00:00:00.000Z",
      "2026-05-16T00:00:00.000Z"
    ]);
  });

  test("a service that gives fewer than asked and links to nothing is asked for what is left", async () => {
    server.on("/cdrs", [page([1, 2], {"x-total-count": "3", "x-limit": "2"}), page([3], {"x-total-count": "3"})]);
    expect((await fetched(ocpiApi, variables())).files).toHaveLength(2);
    expect(offsets()).toEqual(["0", "2"]);
  });

  test("fewer than there are is a failure", async () => {
    server.on("/cdrs", [page([1, 2], {"x-total-count": "3"}), page([], {"x-total-count": "3"})]);
    const {files, error} = await fetched(ocpiApi, variables());
    expect(files).toHaveLength(2);
    expect(error).toMatchObject({kind: "wrong type", message: "OCPI: 2 records came of 3 there are"});
  });

  test.each([
    [{}, "Token ZWJmM2IzOTk="],
    [{CANOPY_OCPI_TOKEN_PLAIN: "yes"}, "Token ebf3b399"]
  ])("the token is sent in Base64 unless it is to be plain: %j", async (more, expected) => {
    server.on("/cdrs", page([]));
    const {files} = await fetched(ocpiApi, variables(more));
    expect(server.calls.map(call => call.headers.authorization)).toEqual([expected]);
    expect(files).toHaveLength(1);
  });

  test("an error with status 200 is a failure", async () => {
    server.on("/cdrs", page([1], {}, 2001));
    const {files, error} = await fetched(ocpiApi, variables());
    expect(files).toEqual([]);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({kind: "status", message: "an OCPI answer that is an error: status code 2001"});
  });

  test("a link to another host is not followed, so the token stays", async () => {
    server.on("/cdrs", page([1], linkTo(2, server.otherHost)));
    const {error} = await fetched(ocpiApi, variables());
    expect(error).toMatchObject({kind: "redirect"});
    expect(server.calls).toHaveLength(1);
  });

  test("pages that lead in a circle end", async () => {
    server.on("/cdrs", page([1, 2], linkTo(2)));
    expect((await fetched(ocpiApi, variables())).error).toMatchObject({kind: "wrong type"});
    expect(server.calls).toHaveLength(2);
  });

  test("an answer without a list is a failure", async () => {
    server.on("/cdrs", {body: {data: {id: 1}, status_code: 1000, timestamp: "2026-05-16T00:00:00Z"}});
    expect((await fetched(ocpiApi, variables())).error).toMatchObject({kind: "wrong type"});
  });
});

describe("Webfleet", () => {
  const variables = () => ({
    CANOPY_WEBFLEET_URL: `${server.url}/extern`,
    CANOPY_WEBFLEET_ACCOUNT: "borough",
    CANOPY_WEBFLEET_USER: "canopy",
    CANOPY_WEBFLEET_PASSWORD: "the-password",
    CANOPY_WEBFLEET_API_KEY: "the-key"
  });

  test("one report of the days asked for", async () => {
    server.on("/extern", {body: [{tripid: 1}]});
    const {files, error} = await fetched(webfleetApi, variables());
    expect([error, names(files)]).toEqual([null, ["webfleet-trips-2026-05-14-2026-05-16.json"]]);
    const [call] = server.calls;
    expect(Object.fromEntries(call?.query ?? [])).toEqual({
      account: "borough",
      apikey: "the-key",
      lang: "en",
      action: "showTripReportExtern",
      outputformat: "json",
      useISO8601: "true",
      useUTF8: "true",
      range_pattern: "ud",
      rangefrom_string: "2026-05-14T00:00:00.000Z",
      rangeto_string: "2026-05-16T00:00:00.000Z"
    });
    expect(call?.headers.authorization).toBe(`Basic ${Buffer.from("canopy:the-password").toString("base64")}`);
  });

  test("that there are no trips is an answer", async () => {
    server.on("/extern", {body: "63, document is empty", headers: {"x-webfleet-errorcode": "63"}});
    const {files, error} = await fetched(webfleetApi, variables());
    expect([error, files.map(({text}) => text)]).toEqual([null, ["63, document is empty"]]);
  });

  test.each([
    [{body: {errorCode: 8045, errorMsg: "request quota exceeded"}}, "status"],
    [{body: "8045, request quota exceeded"}, "status"],
    [{body: [], headers: {"x-webfleet-errorcode": "1101"}}, "status"],
    [{body: {}}, "wrong type"],
    [{body: "<html><body>Sign in</body></html>"}, "wrong type"],
    [{body: '[{"tripid": 1'}, "wrong type"]
  ])("%j with status 200 is a failure, and tells no secret", async (answer, kind) => {
    server.on("/extern", answer);
    const {files, error} = await fetched(webfleetApi, variables());
    expect(files).toEqual([]);
    expect(error).toMatchObject({kind});
    expect(String(error)).not.toMatch(/the-key|the-password/);
  });
});
