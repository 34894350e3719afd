import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {pvLive} from "../../src/sources/grid/pv-live.ts";
import {pvLiveApi} from "../../src/sources/grid/pv-live-api.ts";
import {hasRealData, samplePath} from "../support/real-data.ts";
import {stubClient} from "../support/stub-client.ts";
import {startStub} from "../support/stub-server.ts";

const given = {fileName: "", meterPointId: null};
const meta = ["pes_id", "datetime_gmt", "generation_mw", "installedcapacity_mwp"];
const answer = (data: readonly unknown[], columns: readonly string[] = meta) => JSON.stringify({data, meta: columns});
const parsed = (text: string) => {
  const file = pvLive.parse(text, given);
  expect(file.records).toBe(file.rows.length + file.rejected.length + file.dropped);
  return {
    ...file,
    values: file.rows.map(({series, area, starts_at, value, status}) => [series, area, starts_at, value, status])
  };
};

describe("half-hours of solar generation", () => {
  test("begin half an hour before their stamp, which is their end; nought at night is nought, null is missing", () => {
    const {values, rows} = parsed(
      answer([
        [16, "2026-06-22T00:00:00Z", 0.0, 700.5],
        [16, "2026-06-21T23:30:00Z", null, 700.5]
      ])
    );
    expect(values).toEqual([
      ["solar_generation", "pes:16", "2026-06-21T23:30:00Z", "0", "provisional"],
      ["solar_capacity", "pes:16", "2026-06-21T23:30:00Z", "700.5", "provisional"],
      ["solar_generation", "pes:16", "2026-06-21T23:00:00Z", null, "missing"],
      ["solar_capacity", "pes:16", "2026-06-21T23:00:00Z", "700.5", "provisional"]
    ]);
    expect(rows.map(({unit, period}) => `${unit} ${period}`)).toEqual([
      "MW half-hour",
      "MWp half-hour",
      "MW half-hour",
      "MWp half-hour"
    ]);
  });

  test("are taken by the names of their columns, wherever those stand, without capacity too", () => {
    const moved = answer([[12.5, "2026-06-22T12:30:00Z", 9, 7]], ["generation_mw", "datetime_gmt", "lcl_mw", "gsp_id"]);
    expect(parsed(moved).values).toEqual([
      ["solar_generation", "gsp:7", "2026-06-22T12:00:00Z", "12.5", "provisional"]
    ]);
    expect(
      parsed(answer([[0, "2026-06-22T12:30:00Z", 1]], ["gsp_id", "datetime_gmt", "generation_mw"])).values[0]?.[1]
    ).toBe("");
  });

  test.each([
    ["a row of other width", [16, "2026-06-22T12:30:00Z", 1], "row shape"],
    ["a stamp off the half-hour", [16, "2026-06-22T12:35:00Z", 1, 2], "half-hour"],
    ["a stamp of another zone", [16, "2026-06-22T12:30:00+01:00", 1, 2], "half-hour"],
    ["no area", [null, "2026-06-22T12:30:00Z", 1, 2], "area"],
    ["generation below nought", [16, "2026-06-22T12:30:00Z", -1, 2], "number"],
    ["text", [16, "2026-06-22T12:30:00Z", "1", 2], "number"]
  ])("%s is rejected", (_, row, rule) => expect(parsed(answer([row])).rejected.map(each => each.rule)).toEqual([rule]));

  test("two values of one half-hour are rejected", () => {
    const {rejected, dropped} = parsed(
      answer([
        [16, "2026-06-22T12:30:00Z", 1, 2],
        [16, "2026-06-22T12:30:00Z", 3, 2]
      ])
    );
    expect(rejected.map(({rule}) => rule)).toEqual(["repeated", "repeated"]);
    expect(dropped).toBe(1);
  });

  test.each([
    ["an error in disguise", '{"error_description":"start is after end"}', /start is after end/],
    ["without columns", '{"data":[]}', /names of columns/],
    ["a list of places", answer([], ["gsp_id", "gsp_name", "pes_id"]), /not those of generation/],
    ["cut off", answer([[16, "2026-06-22T12:30:00Z", 1, 2]]).slice(0, -4), /not whole JSON/]
  ])("an answer that is %s is refused", (_, text, why) => {
    expect(() => pvLive.parse(text, given)).toThrow(FeedError);
    expect(() => pvLive.parse(text, given)).toThrow(why);
  });
});

describe("the service is asked", () => {
  const gathered = async (url: string, from: string, to: string, area = "pes:16") => {
    const settings = pvLiveApi.settings.parse({CANOPY_PV_LIVE_AREA: area, CANOPY_PV_LIVE_URL: url});
    const found = [];
    for await (const fetched of pvLiveApi.fetch(stubClient(), settings, {
      from: new Date(from),
      to: new Date(to),
      now: new Date(to)
    }))
      found.push(fetched);
    return found;
  };

  test("for 30 days of an area, by the ends of their half-hours", async () => {
    await using server = await startStub();
    server.on("/pvlive/api/v4/pes/16", {body: answer([])});
    const found = await gathered(server.url, "2026-05-01", "2026-06-05");
    expect(server.calls.map(({query}) => [query.get("start"), query.get("end")])).toEqual([
      ["2026-05-01T00:30:00Z", "2026-05-31T00:00:00Z"],
      ["2026-05-31T00:30:00Z", "2026-06-05T00:00:00Z"]
    ]);
    expect(found.map(({fileName}) => fileName)).toEqual([
      "pv-live-pes16-20260501-20260530.json",
      "pv-live-pes16-20260531-20260604.json"
    ]);
  });

  test("and for a year of Great Britain", async () => {
    await using server = await startStub();
    server.on("/pvlive/api/v4/gsp/0", {body: answer([])});
    expect(await gathered(server.url, "2025-01-01", "2026-01-01", "gsp:0")).toHaveLength(1);
  });

  test("and a page with 400 or 200, and an error in disguise, are failures", async () => {
    await using server = await startStub();
    const path = "/pvlive/api/v4/pes/16";
    server.on(path, {status: 400, headers: {"content-type": "text/html"}, body: "<p>no such area</p>"});
    await expect(gathered(server.url, "2026-06-01", "2026-06-02")).rejects.toMatchObject({kind: "status", status: 400});
    server.on(path, {headers: {"content-type": "text/html"}, body: "<p>busy</p>"});
    await expect(gathered(server.url, "2026-06-01", "2026-06-02")).rejects.toMatchObject({kind: "wrong type"});
    server.on(path, {body: {error_description: "start is after end"}});
    await expect(gathered(server.url, "2026-06-01", "2026-06-02")).rejects.toMatchObject({
      kind: "wrong type",
      status: 200
    });
  });

  test("values that are computed again come as another answer of the same days", async () => {
    await using server = await startStub();
    const row = (mw: number) => ({body: answer([[16, "2026-06-01T12:30:00Z", mw, 700]])});
    server.on("/pvlive/api/v4/pes/16", [row(5), row(6)]);
    const [first] = await gathered(server.url, "2026-06-01", "2026-06-02");
    const [second] = await gathered(server.url, "2026-06-01", "2026-06-02");
    expect(first?.fileName).toBe(second?.fileName);
    expect([first, second].map(each => parsed(each?.text ?? "").rows[0]?.value)).toEqual(["5", "6"]);
  });

  test("only for an area", () => {
    for (const area of [undefined, "16", "pes:", "region:3"])
      expect(pvLiveApi.settings.safeParse({CANOPY_PV_LIVE_AREA: area}).success).toBe(false);
  });
});

describe.skipIf(!hasRealData)("samples", () => {
  const sample = (name: string) => readFile(samplePath(`07-renewables/${name}`), "utf8");

  test("a recorded day of Great Britain: 49 half-hours whose MW add up to 9,669.0408, from the last of the year before", async () => {
    const text = await sample("pv_live/0.json");
    expect(pvLive.isOf({fileName: "", head: text})).toBe(true);
    const {rows, rejected} = parsed(text);
    expect(rejected).toEqual([]);
    const generation = rows.filter(({series}) => series === "solar_generation");
    expect(generation).toHaveLength(49);
    expect(generation.reduce((sum, {value}) => sum + Math.round(10_000 * Number(value)), 0)).toBe(96_690_408);
    expect([generation[0]?.starts_at, generation.at(-1)?.starts_at]).toEqual([
      "2021-01-01T23:30:00Z",
      "2020-12-31T23:30:00Z"
    ]);
    expect(generation.find(({value}) => value === "1148.54")?.starts_at).toBe("2021-01-01T12:30:00Z");
  });

  test("a noon of Great Britain; a list of its places is none", async () => {
    expect(
      parsed(await sample("pv_live_v4_gsp0.json")).values.filter(([series]) => series === "solar_generation")
    ).toEqual([
      ["solar_generation", "", "2026-06-22T12:00:00Z", "8123.1", "provisional"],
      ["solar_generation", "", "2026-06-22T11:30:00Z", "8011.7", "provisional"]
    ]);
    expect(pvLive.isOf({fileName: "", head: await sample("pv_live/gsp_list.json")})).toBe(false);
  });
});
