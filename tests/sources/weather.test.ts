import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {degreeDays} from "../../src/sources/weather/degree-days.ts";
import {openMeteoArchive} from "../../src/sources/weather/open-meteo.ts";
import {openMeteo} from "../../src/sources/weather/open-meteo-api.ts";
import {hasRealData, realPath, samplePath} from "../support/real-data.ts";
import {stubClient} from "../support/stub-client.ts";
import {startStub} from "../support/stub-server.ts";
import {given, knownAs, parsed} from "./weather-forms.ts";

const hourly = (hours: Record<string, unknown>, more: object = {}) =>
  JSON.stringify({
    latitude: 53.5,
    longitude: -2.25,
    generationtime_ms: 0.1,
    utc_offset_seconds: 0,
    timezone: "GMT",
    hourly_units: {time: "iso8601", temperature_2m: "°C"},
    hourly: {time: Object.keys(hours), temperature_2m: Object.values(hours)},
    ...more
  });

describe("Open-Meteo's archive", () => {
  test("gives hours in UTC, the newest without a value missing, nought and frost as they are", () => {
    const text = hourly({
      "2026-03-29T00:00": -1.5,
      "2026-03-29T01:00": 0,
      "2026-03-29T02:00": 3.2,
      "2026-03-29T03:00": null
    });
    const {values, rows, rules} = parsed(openMeteoArchive, text);
    expect(rules).toEqual([]);
    expect(values).toEqual([
      ["2026-03-29T00:00:00Z", "-1.5", "actual"],
      ["2026-03-29T01:00:00Z", "0", "actual"],
      ["2026-03-29T02:00:00Z", "3.2", "actual"],
      ["2026-03-29T03:00:00Z", null, "missing"]
    ]);
    expect(rows[0]).toMatchObject({series: "air_temperature", area: "53.5,-2.25", period: "hour", unit: "degC"});
    expect(knownAs(text)).toEqual(["open-meteo-archive"]);
  });

  test.each([
    ["an error", '{"error":true,"reason":"Parameter out of allowed range"}', /out of allowed range/],
    ["in another zone", hourly({}, {utc_offset_seconds: 3600}), /utc_offset_seconds/],
    ["in Fahrenheit", hourly({}, {hourly_units: {temperature_2m: "°F"}}), /temperature_2m/],
    [
      "with columns of two lengths",
      hourly({}, {hourly: {time: ["2026-03-29T00:00"], temperature_2m: []}}),
      /1 hours and 0/
    ],
    ["cut off", hourly({"2026-03-29T00:00": 1}).slice(0, -9), /not whole JSON/],
    ["of nothing", "", /not whole JSON/]
  ])("that is %s is refused", (_, text, why) => {
    expect(() => openMeteoArchive.parse(text, given)).toThrow(FeedError);
    expect(() => openMeteoArchive.parse(text, given)).toThrow(why);
  });

  test("rejects an hour that is none, or a temperature that is none", () => {
    const {rules, rows} = parsed(
      openMeteoArchive,
      hourly({
        "2026-02-30T00:00": 1,
        "2026-03-01T24:00": 1,
        "2026-03-01T01:30": 1,
        "2026-03-01T02:00": 99,
        "2026-03-01T03:00": "7"
      })
    );
    expect(rows).toEqual([]);
    expect(rules).toEqual([
      [1, "date"],
      [2, "date"],
      [3, "date"],
      [4, "number"],
      [5, "number"]
    ]);
  });
});

describe("Open-Meteo is asked", () => {
  const gathered = async (url: string, from: string, to: string, client = stubClient()) => {
    const settings = openMeteo.settings.parse({CANOPY_WEATHER_PLACE: "53.41,-2.16", CANOPY_OPEN_METEO_URL: url});
    const found = [];
    for await (const fetched of openMeteo.fetch(client, settings, {
      from: new Date(from),
      to: new Date(to),
      now: new Date("2026-06-24T09:00:00Z")
    }))
      found.push(fetched);
    return found;
  };
  const span = ({query}: {query: URLSearchParams}) => [
    query.get("start_date"),
    query.get("end_date"),
    query.get("timezone")
  ];

  test("in GMT, a year at a time and not beyond today; and again up to the last day it has", async () => {
    await using server = await startStub();
    const reason = "Parameter 'end_date' is out of allowed range from 1940-01-01 to 2026-06-22";
    server.on("/v1/archive", ({query}) =>
      (query.get("end_date") ?? "") > "2026-06-22" ? {status: 400, body: {error: true, reason}} : {body: hourly({})}
    );
    const found = await gathered(server.url, "2025-06-01", "2026-12-31");
    expect(server.calls.map(span)).toEqual([
      ["2025-06-01", "2026-06-01", "GMT"],
      ["2026-06-02", "2026-06-24", "GMT"],
      ["2026-06-02", "2026-06-22", "GMT"]
    ]);
    expect(found.map(({fileName}) => fileName)).toEqual([
      "open-meteo-53.41--2.16-20250601-20260601.json",
      "open-meteo-53.41--2.16-20260602-20260622.json"
    ]);
  });

  test("an error with status 200, one that names no day, and 429 after every try are failures", async () => {
    await using server = await startStub();
    server.on("/v1/archive", {body: {error: true, reason: "something"}});
    await expect(gathered(server.url, "2026-06-01", "2026-06-02")).rejects.toMatchObject({kind: "wrong type"});
    const later = "'start_date' is out of allowed range from 1940-01-01 to 2026-06-22";
    server.on("/v1/archive", {status: 400, body: {error: true, reason: later}});
    await expect(gathered(server.url, "2026-06-01", "2026-06-02")).rejects.toMatchObject({status: 400});
    expect(server.calls).toHaveLength(2);
    server.on("/v1/archive", {status: 400, body: {error: true, reason: "no such variable"}});
    await expect(gathered(server.url, "2026-06-01", "2026-06-02")).rejects.toMatchObject({status: 400});
    server.on("/v1/archive", [{status: 429, body: {error: true, reason: "Minutely limit"}}, {body: hourly({})}]);
    expect(await gathered(server.url, "2026-06-01", "2026-06-02")).toHaveLength(1);
  });

  test("only for a place", () => {
    for (const place of [undefined, "", "Stockport", "53.41", "53.41;-2.16"])
      expect(openMeteo.settings.safeParse({CANOPY_WEATHER_PLACE: place}).success).toBe(false);
  });
});

describe("degree days", () => {
  const answer = (dataSets: object, more: object = {}) =>
    JSON.stringify({
      metadata: {rateLimit: {requestUnitsAvailable: 1}},
      response: {type: "LocationDataResponse", stationId: "EGXX", dataSets, ...more}
    });
  const set = (...values: object[]) => ({type: "DatedDataSet", percentageEstimated: 0, values});

  test("are by day, month or year, and provisional where a part was estimated", () => {
    const text = answer({
      "hdd_15.5": set({d: "2024-02-01", ld: "2024-02-29", v: 201.5, pe: 0.4}, {d: "2024-03-01", v: 9.1}),
      cdd_22: set({d: "2024-01-01", ld: "2024-12-31", v: 0, pe: 0})
    });
    const {rows, rules} = parsed(degreeDays, text);
    expect(rules).toEqual([]);
    expect(rows.map(({item, starts_at, period, value, status}) => [item, starts_at, period, value, status])).toEqual([
      ["hdd_15.5", "2024-02-01", "month", "201.5", "provisional"],
      ["hdd_15.5", "2024-03-01", "day", "9.1", "actual"],
      ["cdd_22", "2024-01-01", "year", "0", "actual"]
    ]);
    expect(knownAs(text)).toEqual(["degree-days"]);
  });

  test("that failed beside good ones are rejected with their code, and so is what is no value or period", () => {
    const {rows, rejected} = parsed(
      degreeDays,
      answer({
        good: set({d: "2024-03-01", v: 9.1}, {d: "2024-03-01", ld: "2024-03-15", v: 9}, {d: "soon", v: 1}),
        bad: {type: "Failure", code: "SourceDataCoverage", message: "m"},
        odd: 7
      })
    );
    expect(rows).toHaveLength(1);
    expect(rejected.map(({line, rule}) => `${line} ${rule}`)).toEqual([
      "2 period",
      "3 row shape",
      "4 failure",
      "5 row shape"
    ]);
    expect(rejected[2]?.value).toBe("bad: SourceDataCoverage");
  });

  test.each(["InvalidRequestSignature", "RateLimit"])("as a whole a failure (%s) are refused", code => {
    const text = JSON.stringify({metadata: {rateLimit: {}}, response: {type: "Failure", code, message: "m"}});
    expect(knownAs(text)).toEqual(["degree-days"]);
    expect(() => degreeDays.parse(text, given)).toThrow(code);
  });
});

describe.skipIf(!hasRealData)("samples and real files", () => {
  const sample = async (name: string) => readFile(samplePath(`08-grid-weather/${name}`), "utf8");

  test("the sample of each form", async () => {
    const text = await sample("open_meteo_archive.json");
    expect(knownAs(text)).toEqual(["open-meteo-archive"]);
    expect(parsed(openMeteoArchive, text).values).toEqual([
      ["2026-06-16T00:00:00Z", "11.2", "actual"],
      ["2026-06-16T01:00:00Z", "10.9", "actual"],
      ["2026-06-16T02:00:00Z", null, "missing"]
    ]);
    const {values, rejected} = parsed(degreeDays, await sample("degreedays_net_response.json"));
    expect(values).toEqual([
      ["hdd", "2026-05-01", "112.4", "actual"],
      ["hdd", "2026-06-01", "41.2", "provisional"]
    ]);
    expect(rejected).toEqual([{line: 3, rule: "failure", value: "cdd: SourceDataCoverage"}]);
    for (const name of ["open_meteo_error_400.json", "open_meteo_error_429.json"]) {
      const error = await sample(name);
      expect(knownAs(error)).toEqual([]);
      expect(() => openMeteoArchive.parse(error, given)).toThrow(/answered with an error/);
    }
  });

  test("a real day in Berlin: 24 hours whose temperatures add up to 72.0", async () => {
    const text = await readFile(
      realPath("api-samples/open_meteo/archive_hourly_temperature_berlin_2025-11-17.json"),
      "utf8"
    );
    const {rows, rules} = parsed(openMeteoArchive, text);
    expect(rules).toEqual([]);
    expect(rows).toHaveLength(24);
    expect(rows.reduce((sum, {value}) => sum + Math.round(10 * Number(value)), 0)).toBe(720);
  });
});
