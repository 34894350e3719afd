import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {layoutSchema} from "../../src/layouts/layout.ts";
import {enphase, enphaseTelemetry} from "../../src/sources/enphase/enphase.ts";
import {hasRealData, samplePath} from "../support/real-data.ts";
import {stubClient} from "../support/stub-client.ts";
import {startStub} from "../support/stub-server.ts";

const at = (text: string) => Date.parse(`2026-06-22T${text}:00Z`) / 1000;
const interval = (end: string, enwh: number | null, devices_reporting = 1) => ({
  end_at: at(end),
  devices_reporting,
  powr: 1,
  enwh
});
const answer = (intervals: readonly object[], total_devices = 1) =>
  JSON.stringify({
    system_id: 7654321,
    granularity: "week",
    total_devices,
    items: "intervals",
    intervals,
    meta: {status: "normal"}
  });
const unfold = (intervals: readonly object[], devices = 1) => {
  const {rows, misshapen} = enphaseTelemetry.unfold(answer(intervals, devices));
  return {cells: rows.map(({cells}) => cells), misshapen};
};

describe("quarter-hours labelled at their end become half-hours", () => {
  test("of their start in UTC, in Wh, whatever their order", () => {
    const {cells, misshapen} = unfold([
      interval("12:30", 5),
      interval("12:15", 4.5),
      interval("12:45", 0),
      interval("13:00", 0)
    ]);
    expect(misshapen).toEqual([]);
    expect(cells).toEqual([
      ["2026-06-22 12:00:00", "9.5"],
      ["2026-06-22 12:30:00", "0"]
    ]);
  });

  test("by either name of the energy", () => {
    const {enwh: _, ...rest} = interval("12:15", 0);
    expect(unfold([{...rest, wh_del: 4}, interval("12:30", 5)]).cells).toEqual([["2026-06-22 12:00:00", "9"]]);
  });

  test("and what no device reported, or is null or absent, is missing", () => {
    const {cells, misshapen} = unfold([
      interval("12:15", 0, 0),
      interval("12:30", 5),
      interval("12:45", null),
      interval("13:00", 5),
      interval("13:30", 6)
    ]);
    expect(misshapen).toEqual([]);
    expect(cells).toEqual([
      ["2026-06-22 12:00:00", ""],
      ["2026-06-22 12:30:00", ""],
      ["2026-06-22 13:00:00", ""]
    ]);
  });

  test("what only some devices reported is misshapen, and its half-hour missing", () => {
    const {cells, misshapen} = unfold([interval("12:15", 4, 1), interval("12:30", 5, 2)], 2);
    expect(cells).toEqual([["2026-06-22 12:00:00", ""]]);
    expect(misshapen).toEqual([{line: 1, why: "1 of 2 devices reported"}]);
  });

  test("an end that is on no quarter, below nought or no number makes nothing", () => {
    const {cells, misshapen} = unfold([
      interval("12:20", 4),
      interval("12:35", 5),
      interval("14:15", -1),
      {end_at: "soon"}
    ]);
    expect(cells).toEqual([]);
    expect(misshapen.map(({line}) => line)).toEqual([4, 1, 2, 3]);
  });
});

test.each([
  ["cut off", answer([interval("12:15", 4)]).slice(0, -9)],
  [
    "of five minutes, which would count a third",
    answer(["12:05", "12:10", "12:15", "12:20", "12:25", "12:30"].map(end => interval(end, 3)))
  ],
  ["a refusal", '{"message":"Too Many Requests","details":"Usage limit exceeded for plan Watt","code":429}']
])("a file that is %s is refused", (_, text) => expect(() => enphaseTelemetry.unfold(text)).toThrow(FeedError));

test("its layout fits what is unfolded, and it is known by its head alone", async () => {
  const text = await readFile(new URL("../../src/sources/enphase/enphase.json", import.meta.url), "utf8");
  const layout = layoutSchema.parse(JSON.parse(text));
  expect(unfold([interval("12:15", 4), interval("12:30", 5)]).cells[0]).toHaveLength(layout.columns.length);
  expect(enphaseTelemetry.isOf({fileName: "", head: answer([]).slice(0, 90)})).toBe(true);
  expect(enphaseTelemetry.isOf({fileName: "", head: '{"data":[]}'})).toBe(false);
});

describe("the service is asked", () => {
  const settings = (url: string) =>
    enphase.settings.parse({
      CANOPY_ENPHASE_API_KEY: "not-a-real-key",
      CANOPY_ENPHASE_ACCESS_TOKEN: "not-a-real-token",
      CANOPY_ENPHASE_SYSTEMS: "7654321:solar-depot",
      CANOPY_ENPHASE_URL: url
    });
  const path = "/api/v4/systems/7654321/telemetry/production_meter";
  const gathered = async (url: string, from: string, to: string, client = stubClient()) => {
    const ask = {from: new Date(from), to: new Date(to), now: new Date("2026-06-24T09:00:00Z")};
    const found = [];
    for await (const fetched of enphase.fetch(client, settings(url), ask)) found.push(fetched);
    return found;
  };

  test("for a week at a time, with key and token, and not further back than two years", async () => {
    await using server = await startStub();
    server.on(path, {body: answer([])});
    const found = await gathered(server.url, "2026-06-01", "2026-06-11");
    expect(found.map(({fileName, meterPointId}) => [fileName, meterPointId])).toEqual([
      ["enphase-7654321-20260601-20260607.json", "solar-depot"],
      ["enphase-7654321-20260608-20260610.json", "solar-depot"]
    ]);
    expect(server.calls.map(({query}) => query.get("start_at"))).toEqual(["1780272000", "1780876800"]);
    expect(server.calls[0]?.headers.authorization).toBe("Bearer not-a-real-token");
    const [oldest] = await gathered(server.url, "2020-01-01", "2024-07-01");
    expect(oldest?.fileName).toBe("enphase-7654321-20240625-20240630.json");
  });

  test("and left alone after 429, which names no time", async () => {
    await using server = await startStub();
    server.on(path, {
      status: 429,
      body: {message: "Too Many Requests", details: "Usage limit exceeded for plan Watt", code: 429}
    });
    const client = stubClient();
    await expect(gathered(server.url, "2026-06-01", "2026-06-08", client)).rejects.toMatchObject({status: 429});
    const {length} = server.calls;
    await expect(gathered(server.url, "2026-06-01", "2026-06-08", client)).rejects.toMatchObject({kind: "budget"});
    expect(server.calls).toHaveLength(length);
  });

  test("and an answer without intervals is a failure", async () => {
    await using server = await startStub();
    server.on(path, {body: {}});
    await expect(gathered(server.url, "2026-06-01", "2026-06-08")).rejects.toMatchObject({kind: "wrong type"});
  });
});

test.skipIf(!hasRealData)(
  "the sample's intervals end five past, twenty past and so on: none is a part of a half-hour, and all three are named",
  async () => {
    const text = await readFile(samplePath("07-renewables/enphase_production_meter_telemetry.json"), "utf8");
    expect(enphaseTelemetry.isOf({fileName: "", head: text})).toBe(true);
    const {rows, misshapen} = enphaseTelemetry.unfold(text);
    expect(rows).toEqual([]);
    expect(misshapen.map(({line}) => line)).toEqual([1, 2, 3]);
  }
);
