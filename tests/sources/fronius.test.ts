import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {layoutSchema} from "../../src/layouts/layout.ts";
import {fronius, froniusDays, froniusHistory} from "../../src/sources/fronius/fronius.ts";
import {hasRealData, samplePath} from "../support/real-data.ts";
import {stubClient} from "../support/stub-client.ts";
import {startStub} from "../support/stub-server.ts";

const id = "0a1b2c3d-0000-4000-8000-000000000001";
const production = (value: unknown, unit = "Wh") => [
  {channelName: "EnergyFeedIn", channelType: "Energy", unit: "Wh", value: 999},
  {channelName: "EnergyProductionTotal", channelType: "Energy", unit, value}
];
const log = (logDateTime: string, value: unknown, logDuration = 300) => ({
  logDateTime,
  logDuration,
  channels: production(value)
});
const answer = (data: readonly object[], links?: object) =>
  JSON.stringify({pvSystemId: id, deviceId: null, data, ...(links ? {links} : {})});
const fives = (values: unknown[]) =>
  values.map((value, index) => log(`2026-06-22T12:${String(5 * index).padStart(2, "0")}:00Z`, value));
const unfold = (data: readonly object[]) => {
  const {rows, misshapen} = froniusHistory.unfold(answer(data));
  return {cells: rows.map(({cells}) => cells), misshapen};
};

describe("history by five minutes becomes half-hours", () => {
  test("of six, exactly, of the production channel alone", () => {
    const {cells, misshapen} = unfold(fives([12.45, 11.15, 11.03, 0.1, 0.2, 0, 1, 1, 1, 1, 1, 1]));
    expect(misshapen).toEqual([]);
    expect(cells).toEqual([
      ["2026-06-22 12:00:00", "34.93"],
      ["2026-06-22 12:30:00", "6"]
    ]);
  });

  test("null, an absent channel and an absent stamp are missing", () => {
    const [first, ...others] = fives([1, 2, 3, 4, 5, 6]);
    expect(unfold([{...first, channels: []}, ...others]).cells).toEqual([["2026-06-22 12:00:00", ""]]);
    expect(unfold(fives([1, 2, null, 4, 5, 6])).cells).toEqual([["2026-06-22 12:00:00", ""]]);
    expect(unfold(others).cells).toEqual([["2026-06-22 12:00:00", ""]]);
  });

  test.each([
    ["another unit", {...log("2026-06-22T12:00:00Z", 1), channels: production(1, "kWh")}],
    ["text for a number", log("2026-06-22T12:00:00Z", "1")],
    ["a stamp with another zone", log("2026-06-22T12:00:00+01:00", 1)],
    ["a day", log("2026-06-22", 1)],
    ["a date that is none", log("2026-02-30T12:00:00Z", 1)],
    ["a quarter-hour", log("2026-06-22T12:00:00Z", 1, 900)],
    ["no stamp", {channels: []}]
  ])("%s is misshapen", (_, each) => {
    const {cells, misshapen} = unfold([each]);
    expect(cells).toEqual([]);
    expect(misshapen).toHaveLength(1);
  });

  test("its layout fits what is unfolded", async () => {
    const text = await readFile(new URL("../../src/sources/fronius/fronius.json", import.meta.url), "utf8");
    expect(layoutSchema.parse(JSON.parse(text)).columns).toHaveLength(2);
  });
});

describe("daily totals cannot be half-hours, and are observations", () => {
  const parse = (data: readonly object[]) => froniusDays.parse(answer(data), {fileName: "", meterPointId: null});

  test("of the system, null missing and nought a value", () => {
    const {rows, rejected, records} = parse([log("2026-06-22", 84.5), log("2026-06-23", null), log("2026-06-24", 0)]);
    expect(rejected).toEqual([]);
    expect(records).toBe(3);
    expect(rows.map(({starts_at, value, status}) => [starts_at, value, status])).toEqual([
      ["2026-06-22", "84.5", "actual"],
      ["2026-06-23", null, "missing"],
      ["2026-06-24", "0", "actual"]
    ]);
    expect(rows[0]).toMatchObject({series: "site_generation", area: id, period: "day", unit: "Wh"});
  });

  test("what cannot be read is rejected, and so are two values of one day", () => {
    const {rows, rejected, records} = parse([
      log("2026-02-30", 1),
      log("2026-06-22", -1),
      log("2026-06-23", "x"),
      {},
      log("2026-06-25", 1),
      log("2026-06-25", 2)
    ]);
    expect(rows).toEqual([]);
    expect(records).toBe(6);
    expect(rejected.map(({line, rule}) => [line, rule])).toEqual([
      [1, "date"],
      [2, "number"],
      [3, "number"],
      [4, "row shape"],
      [5, "repeated"],
      [6, "repeated"]
    ]);
  });
});

test("no file is taken for both, nor a refusal for either, and one cut off is refused", () => {
  const [history, days] = [answer(fives([1])), answer([log("2026-06-22", 1)])].map(head => ({fileName: "", head}));
  const refusal = {fileName: "", head: '{"responseError":1102,"responseMessage":"Unauthorized access."}'};
  expect([history, days, refusal].map(start => start && froniusHistory.isOf(start))).toEqual([true, false, false]);
  expect([history, days, refusal].map(start => start && froniusDays.isOf(start))).toEqual([false, true, false]);
  expect(() => froniusHistory.unfold(answer(fives([1])).slice(0, -5))).toThrow(FeedError);
  expect(() => froniusDays.parse("", {fileName: "", meterPointId: null})).toThrow(FeedError);
});

describe("the service is asked", () => {
  const settings = (url: string) =>
    fronius.settings.parse({
      CANOPY_FRONIUS_ACCESS_KEY_ID: "not-a-real-id",
      CANOPY_FRONIUS_ACCESS_KEY_VALUE: "not-a-real-value",
      CANOPY_FRONIUS_SYSTEMS: `${id}:solar-depot`,
      CANOPY_FRONIUS_URL: url
    });
  const path = `/swqapi/pvsystems/${id}/histdata`;
  const gathered = async (url: string) => {
    const found = [];
    const ask = {from: new Date("2026-06-22"), to: new Date("2026-06-23"), now: new Date("2026-06-24")};
    for await (const fetched of fronius.fetch(stubClient(), settings(url), ask)) found.push(fetched);
    return found;
  };

  test("for a day, page after page on its own host", async () => {
    await using server = await startStub();
    server.on(path, call =>
      call.query.get("offset") === null
        ? {body: answer(fives([1]), {next: `${server.url}${path}?offset=1`})}
        : {body: answer(fives([1]), {next: `${server.otherHost}/elsewhere`})}
    );
    const found = await gathered(server.url);
    expect(found.map(({fileName}) => fileName)).toEqual([
      `fronius-${id}-20260622-20260622-p1.json`,
      `fronius-${id}-20260622-20260622-p2.json`
    ]);
    expect(server.calls.map(({headers}) => headers.accesskeyvalue)).toEqual(["not-a-real-value", "not-a-real-value"]);
    expect(server.calls[0]?.query.get("from")).toBe("2026-06-22T00:00:00Z");
  });

  test("and pages in a circle, or no data, are failures; so is a refusal", async () => {
    await using server = await startStub();
    server.on(path, {body: answer([], {next: `${server.url}${path}?offset=1`})});
    await expect(gathered(server.url)).rejects.toMatchObject({kind: "wrong type"});
    server.on(path, {body: {}});
    await expect(gathered(server.url)).rejects.toMatchObject({kind: "wrong type"});
    server.on(path, {status: 401, body: {responseError: 1102}});
    await expect(gathered(server.url)).rejects.toMatchObject({kind: "status", status: 401});
  });
});

test.skipIf(!hasRealData)("the sample: 84,210.5 Wh on a day, and a day of which there is none", async () => {
  const text = await readFile(samplePath("07-renewables/fronius_aggrdata.json"), "utf8");
  expect(froniusDays.isOf({fileName: "", head: text})).toBe(true);
  const {rows} = froniusDays.parse(text, {fileName: "", meterPointId: null});
  expect(rows.map(({starts_at, value, status}) => [starts_at, value, status])).toEqual([
    ["2026-06-22", "84210.5", "actual"],
    ["2026-06-23", null, "missing"]
  ]);
});
