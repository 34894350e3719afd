import {describe, expect, test} from "vitest";
import {linesOf} from "../support/landed-lines.ts";
import {flat} from "../support/supplier-files.ts";
import {asHeld, cellsOf, council, counted, mpan, total} from "./council.ts";

/** What a program has of a file that it splits at line ends and commas, with the first line for a header: a number of rows, none of them an error. */
const naiveRows = (text: string) =>
  text
    .split("\n")
    .slice(1)
    .filter(line => line.includes(",")).length;

/** Irregularity 13: an attachment that is no table, or one that is written as few programs expect. */
describe("13: not a CSV at all", () => {
  const page = "<!DOCTYPE html>\n<html><body>Your report is not ready; try again later</body></html>\n";
  const picture = Buffer.concat([
    Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
    Buffer.from(counted(400).map(byte => (byte * 37) % 256))
  ]);
  const invalid = "MPRN,Date,Reading\nsee attached,,\n";

  test.each<[string, string, string | Uint8Array, RegExp]>([
    ["a web page", "report.csv", page, /a web page, not delimited text/],
    ["a picture that is called a workbook", "report.xlsx", picture, /./],
    ["nothing", "report.csv", "", /the file is empty/],
    ["a table of no layout", "report.csv", invalid, /these column headings match no known supplier layout/]
  ])("%s is refused with the reason: naively it is a file without consumption", async (_what, name, content, why) => {
    const c = await council();
    const load = await c.bring(name, content);
    expect([load.outcome, load.rows_read, load.reason]).toEqual(["refused", 0, expect.stringMatching(why)]);
    expect(await c.ask("select outcome from marts.loads")).toEqual([{outcome: "refused"}]);
    const text = typeof content === "string" ? content : new TextDecoder().decode(content);
    expect([naiveRows(text) <= 1, load.outcome === "landed"]).toEqual([true, false]);
  });

  const lines = linesOf("site-meter-day", [
    {
      "Site Id": mpan,
      "Meter Number": "E1",
      "Reading Date": "14/01/26",
      ...Object.fromEntries(counted(48).map(slot => [`quantity ${slot}`, slot]))
    }
  ]);
  const text = (newline: string) => lines.map(line => line + newline).join("");
  const nul = (of: string) => [...of].map(character => `${character}\0`).join("");

  test.each<[string, Uint8Array]>([
    ["CR alone", Buffer.from(text("\r"))],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${text("\r\n")}`, "utf16le")],
    ["UTF-16 without one", Buffer.from(text("\n"), "utf16le")],
    ["line ends of three kinds", Buffer.from(`${lines[0]}\r${lines[1]}\n\r\n`)],
    ["NULs among the letters of a heading", Buffer.from(text("\n").replace("Reading", nul("Reading")))]
  ])("%s: the same day; naively nothing of it is found", async (_what, bytes) => {
    const c = await council();
    expect(await c.bring("day.csv", bytes)).toMatchObject({layout: "site-meter-day", rows_landed: 1, rows_rejected: 0});
    expect(await c.day(mpan, "2026-01-14")).toEqual(asHeld(counted(48)));
    const [header = "", row = ""] = new TextDecoder().decode(bytes).split("\n");
    const from = cellsOf(header).indexOf("00:00");
    const isNamed = cellsOf(header).includes("Reading Date");
    const naive = isNamed && from === 3 ? total(cellsOf(row).slice(from).map(Number)) : 0;
    expect(naive).toBe(0);
  });
});

/** Irregularity 18: an error that comes with status 200, or beside good data: it is told, and is never a day on which nothing happened. */
describe("18: errors dressed as success", () => {
  const listIn = (text: string): unknown[] => {
    try {
      const answer = JSON.parse(text);
      return [answer, answer.data, answer.result?.data].find(Array.isArray) ?? [];
    } catch {
      return [];
    }
  };

  test.each([
    ["Webfleet's quota", "trips.json", "journeys", "webfleet-trips", "8045, request quota exceeded", /8045/],
    [
      "Geotab's limit",
      "trips.json",
      "journeys",
      "geotab-feed",
      JSON.stringify({error: {message: "m", data: {type: "OverLimitException"}}, jsonrpc: "2.0"}),
      /OverLimitException/
    ],
    [
      "the register of certificates",
      "search.json",
      "borough-statistics",
      "epc-register-search",
      '{"data":{"error":"no such area"}}',
      /./
    ],
    ["NESO's empty object", "intensity.json", "grid", "carbon-intensity", "{}", /holds no half-hours/],
    ["NESO's data of null", "intensity.json", "grid", "carbon-intensity", '{"data":null}', /holds no half-hours/],
    [
      "degree days as a whole",
      "degrees.json",
      "weather",
      "degree-days",
      '{"metadata":{"rateLimit":{}},"response":{"type":"Failure","code":"RateLimit"}}',
      /RateLimit/
    ],
    [
      "a charge point operator",
      "cdrs.json",
      "ev-charging",
      "ocpi-cdrs",
      '{"status_code":2001,"timestamp":"2026-05-15T00:00:00Z"}',
      /2001/
    ]
  ])("%s: refused, though naively it is a list of nothing", async (_what, name, feed, layout, text, why) => {
    const c = await council();
    const load = await c.bring(name, text, {feed, layout});
    expect([load.outcome, load.reason]).toEqual(["refused", expect.stringMatching(why)]);
    expect(listIn(text)).toEqual([]);
  });

  test("a document that is empty is a day without trips; the quota's words of the same shape are not", async () => {
    const c = await council();
    const empty = "63, document is empty\n";
    const quota = "8045, request quota exceeded\n";
    const outcomes = [];
    for (const text of [empty, quota])
      outcomes.push((await c.bring(`${text.slice(0, 2)}.json`, text, {feed: "journeys"})).outcome);
    expect(outcomes).toEqual(["landed", "refused"]);
    expect([listIn(empty), listIn(quota)]).toEqual([[], []]);
  });

  test("a failure beside good degree days: the good land, the failure is told; naively one of two sets was asked for", async () => {
    const c = await council();
    const dataSets = {
      "hdd_15.5": {
        type: "DatedDataSet",
        values: [
          {d: "2026-01-14", v: 9.1},
          {d: "2026-01-15", v: 8}
        ]
      },
      cdd_22: {type: "Failure", code: "SourceDataCoverage", message: "m"}
    };
    const answer = {
      metadata: {rateLimit: {}},
      response: {type: "LocationDataResponse", stationId: "ZZZZ", dataSets}
    };
    const load = await c.bring("degrees.json", JSON.stringify(answer), {feed: "weather"});
    expect(load).toMatchObject({outcome: "landed", rows_landed: 2, rows_rejected: 1});
    const naive = Object.values(dataSets).flatMap(set => ("values" in set ? set.values : []));
    expect([naive.length, load.rows_read]).toEqual([2, 3]);
    expect(await c.live("select rule, value from ops.rejects")).toEqual([
      {rule: "failure", value: "cdd_22: SourceDataCoverage"}
    ]);
  });

  test("a reading of nought in every half-hour is a reading", async () => {
    const c = await council();
    const zeros = linesOf("site-meter-day", [
      {"Site Id": mpan, "Meter Number": "E1", "Reading Date": "14/01/26", quantity: 0}
    ]);
    await c.bring("zeros.csv", `${zeros.join("\n")}\n`);
    expect(await c.day(mpan, "2026-01-14")).toEqual(flat("0"));
  });
});
