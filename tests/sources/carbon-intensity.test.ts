import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {carbonIntensity} from "../../src/sources/grid/carbon-intensity.ts";
import {carbonIntensityApi} from "../../src/sources/grid/carbon-intensity-api.ts";
import {hasRealData, realPath, samplePath} from "../support/real-data.ts";
import {stubClient} from "../support/stub-client.ts";
import {startStub} from "../support/stub-server.ts";

const given = {fileName: "", meterPointId: null};
const halfHour_ms = 1_800_000;
const minute = (instant: number) => `${new Date(instant).toISOString().slice(0, 16)}Z`;
const period = (from: string, forecast: unknown, actual?: unknown) => ({
  from,
  to: minute(Date.parse(from) + halfHour_ms),
  intensity: {forecast, ...(actual === undefined ? {} : {actual}), index: "low"}
});
const parsed = (answer: unknown) => {
  const file = carbonIntensity.parse(typeof answer === "string" ? answer : JSON.stringify(answer), given);
  expect(file.records).toBe(file.rows.length + file.rejected.length + file.dropped);
  return {
    ...file,
    values: file.rows.map(({item, area, starts_at, value, status}) => [item, area, starts_at, value, status])
  };
};
const at = "2026-06-22T12:00Z";

describe("half-hours of carbon intensity", () => {
  test("of Great Britain are a forecast and an actual, in rows of their own; one that is null is missing, nought is nought", () => {
    const {values, rows, rejected} = parsed({data: [period(at, 121, 0), period("2026-06-22T12:30Z", 119, null)]});
    expect(rejected).toEqual([]);
    expect(values).toEqual([
      ["forecast", "", "2026-06-22T12:00:00Z", "121", "forecast"],
      ["actual", "", "2026-06-22T12:00:00Z", "0", "actual"],
      ["forecast", "", "2026-06-22T12:30:00Z", "119", "forecast"],
      ["actual", "", "2026-06-22T12:30:00Z", null, "missing"]
    ]);
    expect(rows[0]).toMatchObject({line: 1, series: "grid_carbon_intensity", period: "half-hour", unit: "gCO2/kWh"});
  });

  test("of a region are a forecast alone, however the answer is nested", () => {
    const region = {regionid: 3, dnoregion: "Electricity North West", shortname: "North West England"};
    const nested = [
      {data: {...region, data: [period(at, 41)]}},
      {data: [{...region, data: [period(at, 41)]}]},
      {data: [{from: at, to: "2026-06-22T12:30Z", regions: [{...region, intensity: {forecast: 41, index: "low"}}]}]}
    ];
    for (const answer of nested)
      expect(parsed(answer).values).toEqual([["forecast", "regionid:3", "2026-06-22T12:00:00Z", "41", "forecast"]]);
  });

  test("given twice with two values are rejected; given twice alike count once; a later actual takes the place of none", () => {
    const {values, rejected, dropped} = parsed({
      data: [
        period(at, 200, 190),
        period(at, 200, 195),
        period("2026-06-22T12:30Z", 1, null),
        period("2026-06-22T12:30Z", 1, 2)
      ]
    });
    expect(values).toEqual([
      ["forecast", "", "2026-06-22T12:00:00Z", "200", "forecast"],
      ["forecast", "", "2026-06-22T12:30:00Z", "1", "forecast"],
      ["actual", "", "2026-06-22T12:30:00Z", "2", "actual"]
    ]);
    expect(rejected.map(({line, rule}) => [line, rule])).toEqual([
      [1, "repeated"],
      [2, "repeated"]
    ]);
    expect(dropped).toBe(3);
  });

  test.each([
    ["a stamp off the half-hour", {...period(at, 1), from: "2026-06-22T12:10Z"}, "half-hour"],
    ["an hour", {...period(at, 1), to: "2026-06-22T13:00Z"}, "half-hour"],
    ["no stamps", {intensity: {forecast: 1}}, "half-hour"],
    ["less than nought", period(at, -1, 5), "number"],
    ["text", period(at, "121", 5), "number"]
  ])("%s is rejected", (_, record, rule) =>
    expect(parsed({data: [record]}).rejected.map(each => each.rule)).toEqual([rule])
  );
});

const empties = ["{}", '{"data":[]}', '{"data":null}', '{"data":{"regionid":3,"data":[]}}'];
const error = (code: string) => JSON.stringify({error: {code, message: "m"}});

test.each([...empties, error("400 Bad Request"), error("500 Internal Server Error"), "", '{"data":['])(
  "an answer of %s is refused",
  text => expect(() => carbonIntensity.parse(text, given)).toThrow(FeedError)
);

describe("the service is asked", () => {
  const settings = (url: string, regions = "national") =>
    carbonIntensityApi.settings.parse({CANOPY_CARBON_REGIONS: regions, CANOPY_CARBON_URL: url});
  const gathered = async (
    url: string,
    from: string,
    to: string,
    {regions = "national", now = "2030-01-01", client = stubClient()} = {}
  ) => {
    const found = [];
    for await (const fetched of carbonIntensityApi.fetch(client, settings(url, regions), {
      from: new Date(from),
      to: new Date(to),
      now: new Date(now)
    }))
      found.push(fetched);
    return found;
  };
  /** Plays the service: from the half-hour that ends at or after the start, up to the end, but not past 31 December 23:00 of the year it starts in. */
  const play = (path: string, {lost = [] as string[]} = {}) => {
    const [, from = "", to = ""] = /intensity\/([^/]+)\/([^/]+)/.exec(path) ?? [];
    const [start, end] = [Date.parse(from), Date.parse(to)];
    if (end - start > 14 * 86_400_000) return {status: 400, body: error("400 Bad Request")};
    const stop = Date.UTC(new Date(start).getUTCFullYear(), 11, 31, 23);
    const data = [];
    for (
      let each = start - halfHour_ms;
      each < end && (each <= stop - halfHour_ms || end <= stop + 2 * halfHour_ms);
      each += halfHour_ms
    )
      if (!lost.includes(minute(each))) data.push(period(minute(each), 100, 90));
    return {body: {data}};
  };
  const serve = (server: Awaited<ReturnType<typeof startStub>>, from: string, to: string, options = {}) => {
    for (let a = Date.parse(from) + halfHour_ms; a < Date.parse(to); a += 86_400_000)
      for (let b = Date.parse(from); b <= Date.parse(to); b += 86_400_000)
        server.on(`/intensity/${minute(a)}/${minute(b)}`, ({path}) => play(path, options));
  };
  const counted = (found: readonly {text: string}[]) =>
    found.flatMap(({text}) => carbonIntensity.parse(text, given).rows).filter(({item}) => item === "actual").length;

  test("for 14 days at a time from half past midnight, never across New Year, and every half-hour comes once", async () => {
    await using server = await startStub();
    serve(server, "2026-12-20", "2027-01-10");
    const found = await gathered(server.url, "2026-12-20", "2027-01-10");
    expect(server.calls.map(({path}) => path)).toEqual([
      "/intensity/2026-12-20T00:30Z/2027-01-01T00:00Z",
      "/intensity/2027-01-01T00:30Z/2027-01-10T00:00Z"
    ]);
    expect(found.map(({fileName}) => fileName)).toEqual([
      "carbon-intensity-national-20261220-20261231.json",
      "carbon-intensity-national-20270101-20270109.json"
    ]);
    expect(counted(found)).toBe(21 * 48);
  });

  test("again in halves where half-hours are short, down to a day, which is then given as it is", async () => {
    await using server = await startStub();
    serve(server, "2026-06-01", "2026-06-05", {lost: ["2026-06-03T10:00Z"]});
    const found = await gathered(server.url, "2026-06-01", "2026-06-05");
    expect(found.map(({fileName}) => fileName.slice(26, 43))).toEqual([
      "20260601-20260602",
      "20260603-20260603",
      "20260604-20260604"
    ]);
    expect(counted(found)).toBe(4 * 48 - 1);
    expect(server.calls).toHaveLength(5);
  });

  test("and half-hours that have not begun are not missed", async () => {
    await using server = await startStub();
    server.on("/intensity/2026-06-23T00:30Z/2026-06-25T00:00Z", {
      body: {
        data: Array.from({length: 60}, (_, index) =>
          period(minute(Date.parse("2026-06-23T00:00Z") + index * halfHour_ms), 1, 1)
        )
      }
    });
    expect(await gathered(server.url, "2026-06-23", "2026-06-25", {now: "2026-06-24T05:59:00Z"})).toHaveLength(1);
  });

  test("of a region by its number, not before regions were published", async () => {
    await using server = await startStub();
    server.on("/regional/intensity/2018-05-11T00:30Z/2018-05-12T00:00Z/regionid/3", {
      body: {
        data: {
          regionid: 3,
          data: Array.from({length: 48}, (_, index) =>
            period(minute(Date.parse("2018-05-11T00:00Z") + index * halfHour_ms), 1)
          )
        }
      }
    });
    const found = await gathered(server.url, "2018-01-01", "2018-05-12", {regions: "3"});
    expect(found.map(({fileName}) => fileName)).toEqual(["carbon-intensity-3-20180511-20180511.json"]);
  });

  test.each(empties)("and %s with status 200 is a failure", async body => {
    await using server = await startStub();
    server.on("/intensity/2026-06-22T00:30Z/2026-06-23T00:00Z", {body: JSON.parse(body)});
    await expect(gathered(server.url, "2026-06-22", "2026-06-23")).rejects.toMatchObject({
      kind: "wrong type",
      status: 200
    });
  });

  test("500 is asked again, 400 is not", async () => {
    await using server = await startStub();
    const path = "/intensity/2026-06-22T00:30Z/2026-06-23T00:00Z";
    server.on(path, [{status: 500, body: error("500")}, play(path)]);
    expect(await gathered(server.url, "2026-06-22", "2026-06-23")).toHaveLength(1);
    server.on(path, {status: 400, body: error("400 Bad Request")});
    await expect(gathered(server.url, "2026-06-22", "2026-06-23")).rejects.toMatchObject({status: 400});
    expect(server.calls).toHaveLength(3);
  });

  test("by settings that name areas there are", () => {
    expect(carbonIntensityApi.settings.parse({})).toEqual({
      areas: ["national", "3"],
      url: "https://api.carbonintensity.org.uk"
    });
    for (const regions of ["", "18", "north", "3,,4"])
      expect(carbonIntensityApi.settings.safeParse({CANOPY_CARBON_REGIONS: regions}).success).toBe(false);
  });
});

describe.skipIf(!hasRealData)("samples and real answers", () => {
  const sample = (name: string) => readFile(samplePath(`08-grid-weather/${name}`), "utf8");

  test("the samples, national and regional", async () => {
    expect(parsed(await sample("neso_national_range.json")).values.map(([item, , , value]) => [item, value])).toEqual([
      ["forecast", "121"],
      ["actual", "118"],
      ["forecast", "119"],
      ["actual", "117"],
      ["forecast", "117"],
      ["actual", null]
    ]);
    expect(parsed(await sample("neso_regional_range_regionid3.json")).values).toEqual([
      ["forecast", "regionid:3", "2026-06-21T23:30:00Z", "41", "forecast"]
    ]);
  });

  test("errors and empty answers are refused, and factors are not half-hours", async () => {
    for (const name of ["neso_error_400.json", "neso_error_500.json", "neso_factors.json"]) {
      const head = await sample(name);
      expect(carbonIntensity.isOf({fileName: name, head})).toBe(false);
    }
    const variants: unknown[] = JSON.parse(await sample("neso_empty_200_variants.json"));
    expect(variants).toHaveLength(3);
    for (const variant of variants) expect(() => parsed(variant)).toThrow(/empty/);
  });

  test("a published day ahead: 49 forecasts adding up to 3,927, and no actual", async () => {
    const {rows} = parsed(
      await readFile(realPath("api-samples/carbon_intensity/intensity_fw24h_2020-05-21.json"), "utf8")
    );
    const forecasts = rows.filter(({item}) => item === "forecast");
    expect(forecasts).toHaveLength(49);
    expect(forecasts.reduce((sum, {value}) => sum + Number(value), 0)).toBe(3927);
    expect(rows.filter(({item}) => item === "actual").map(({status}) => status)).toEqual(new Array(49).fill("missing"));
  });

  test("a published half-hour of every region, of which one is kept", async () => {
    const {values} = parsed(
      await readFile(realPath("grid/nmpowell_samples/regional_pt24h_excerpt_region3.json"), "utf8")
    );
    expect(values).toEqual([["forecast", "regionid:3", "2023-03-14T20:00:00Z", "83", "forecast"]]);
  });
});
