import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {calorificValueCsv} from "../../src/sources/national-gas/calorific-value.ts";
import {calorificValueApi} from "../../src/sources/national-gas/calorific-value-api.ts";
import {calorificValueJson} from "../../src/sources/national-gas/calorific-value-json.ts";
import type {RecordFormat} from "../../src/sources/record-format.ts";
import {hasRealData, samplePath} from "../support/real-data.ts";
import {stubClient} from "../support/stub-client.ts";
import {startStub} from "../support/stub-server.ts";

const given = {fileName: "", meterPointId: null};
const parsed = (format: RecordFormat<"observation">, text: string) => {
  const file = format.parse(text, given);
  expect(file.records).toBe(file.rows.length + file.rejected.length + file.dropped);
  return {...file, values: file.rows.map(({area, starts_at, value, status}) => [area, starts_at, value, status])};
};

const header = "Applicable At,Applicable For,Data Item,Value,Generated Time,Quality Indicator";
const row = (day: string, value: string, {zone = "NW", generated = "24/06/2026 10:32:01"} = {}) =>
  `24/06/2026 10:30:00,${day},"Calorific Value, LDZ(${zone})",${value},${generated},`;
const csv = (...rows: readonly string[]) => [header, ...rows, ""].join("\n");

describe("the CSV of National Gas", () => {
  test("gives a value for each zone and gas day, day before month, as written", () => {
    const text = csv(row("02/06/2026", "39.40"), row("03/06/2026", "39"), row("02/06/2026", "38.9", {zone: "WM"}));
    const {values, rows, rejected, issued} = parsed(calorificValueCsv, text);
    expect(rejected).toEqual([]);
    expect(values).toEqual([
      ["NW", "2026-06-02", "39.40", "actual"],
      ["NW", "2026-06-03", "39", "actual"],
      ["WM", "2026-06-02", "38.9", "actual"]
    ]);
    expect(rows[0]).toMatchObject({line: 2, series: "gas_calorific_value", item: "", period: "day", unit: "MJ/m3"});
    expect(issued).toBe("2026-06-24 10:32:01");
  });

  test("keeps, of a day that is there twice, the value generated last, and is issued when its newest was", () => {
    const revised = row("02/06/2026", "39.2", {generated: "03/07/2026 09:00:00"});
    for (const rows of [
      [row("02/06/2026", "39.4"), revised],
      [revised, row("02/06/2026", "39.4")]
    ]) {
      const {values, dropped, issued} = parsed(calorificValueCsv, csv(...rows));
      expect(values).toEqual([["NW", "2026-06-02", "39.2", "actual"]]);
      expect([dropped, issued]).toEqual([1, "2026-07-03 09:00:00"]);
    }
  });

  test("rejects two values generated at one time, and what cannot be read", () => {
    const text = csv(
      row("02/06/2026", "39.4"),
      row("02/06/2026", "39.5"),
      row("31/06/2026", "39.4"),
      row("2026-06-03", "39.4"),
      row("03/06/2026", "0"),
      row("04/06/2026", ""),
      row("05/06/2026", "394"),
      row("06/06/2026", "39.4", {generated: "soon"}),
      row("07/06/2026", "39.4").replace("Calorific Value", "Demand Actual"),
      "24/06/2026 10:30:00,08/06/2026,Calorific Value, LDZ(NW),39.4,24/06/2026 10:32:01,",
      "24/06/2026 10:30:00,09/06"
    );
    const {rows, rejected} = parsed(calorificValueCsv, text);
    expect(rows).toEqual([]);
    expect(rejected.map(({line, rule}) => `${line} ${rule}`)).toEqual([
      "4 date",
      "5 date",
      "6 number",
      "7 number",
      "8 number",
      "9 generated",
      "10 data item",
      "11 row shape",
      "12 row shape",
      "2 repeated",
      "3 repeated"
    ]);
  });

  test.each([
    ["a byte-order mark", `\ufeff${csv(row("02/06/2026", "39.4"))}`],
    ["returns alone", csv(row("02/06/2026", "39.4")).replaceAll("\n", "\r")],
    ["spaces about the names", csv(row("02/06/2026", "39.4")).replace("Applicable For", " Applicable For ")]
  ])("is read with %s", (_, text) => {
    expect(calorificValueCsv.isOf({fileName: "", head: text})).toBe(true);
    expect(parsed(calorificValueCsv, text).values).toEqual([["NW", "2026-06-02", "39.4", "actual"]]);
  });

  test("of nothing holds nothing; with another header it is refused", () => {
    expect(parsed(calorificValueCsv, "")).toMatchObject({rows: [], records: 0, issued: null});
    expect(() => calorificValueCsv.parse(csv().replace("Value", "Amount"), given)).toThrow(FeedError);
    expect(() => calorificValueCsv.parse("<!doctype html><html></html>", given)).toThrow(FeedError);
  });
});

describe("the JSON of National Gas", () => {
  const value = (applicableFor: string, cv: unknown, more: object = {}) => ({
    applicableFor,
    value: cv,
    generatedTimeStamp: "2026-06-24T10:32:01Z",
    qualityIndicator: null,
    ...more
  });
  const answer = (publications: readonly object[], publicationName = "Calorific Value, LDZ(NW)") =>
    JSON.stringify([{publicationId: "PUBOB4512", publicationName, publications}]);

  test("gives the same, and a substituted value is provisional", () => {
    const text = answer([value("2026-06-22T00:00:00Z", 39.4), value("2026-06-23T00:00:00Z", 39.1, {substituted: "Y"})]);
    const {values, issued} = parsed(calorificValueJson, text);
    expect(values).toEqual([
      ["NW", "2026-06-22", "39.4", "actual"],
      ["NW", "2026-06-23", "39.1", "provisional"]
    ]);
    expect(issued).toBe("2026-06-24T10:32:01Z");
    expect([calorificValueCsv, calorificValueJson].map(format => format.isOf({fileName: "", head: text}))).toEqual([
      false,
      true
    ]);
  });

  test("keeps the value generated last", () => {
    const text = answer([
      value("2026-06-22T00:00:00Z", 39.4, {generatedTimeStamp: "2026-06-25T10:00:00Z"}),
      value("2026-06-22T00:00:00Z", 39.3)
    ]);
    expect(parsed(calorificValueJson, text).values).toEqual([["NW", "2026-06-22", "39.4", "actual"]]);
  });

  test.each([
    ["a day that does not begin at midnight", answer([value("2026-06-21T23:00:00Z", 39.4)]), "date"],
    ["no value", answer([value("2026-06-22T00:00:00Z", null)]), "row shape"],
    ["a value that gas cannot have", answer([value("2026-06-22T00:00:00Z", 3.94)]), "number"],
    ["another publication", answer([value("2026-06-22T00:00:00Z", 39.4)], "Wobbe Index, LDZ(NW)"), "data item"]
  ])("rejects %s", (_, text, rule) =>
    expect(parsed(calorificValueJson, text).rejected.map(each => each.rule)).toEqual([rule])
  );

  test("cut off or of another shape it is refused", () => {
    expect(() => calorificValueJson.parse(answer([]).slice(0, -3), given)).toThrow(FeedError);
    expect(() => calorificValueJson.parse('{"error":"x"}', given)).toThrow(FeedError);
  });
});

describe("the service is asked", () => {
  const path = "/api/find-gas-data-download";
  const gathered = async (url: string, from: string, to: string, zone?: string) => {
    const settings = calorificValueApi.settings.parse({
      CANOPY_NATIONAL_GAS_URL: url,
      ...(zone === undefined ? {} : {CANOPY_GAS_ZONE: zone})
    });
    const found = [];
    for await (const fetched of calorificValueApi.fetch(stubClient(), settings, {
      from: new Date(from),
      to: new Date(to),
      now: new Date(to)
    }))
      found.push(fetched);
    return found;
  };

  test("for the publication of the zone, 90 days at a time, by both first and last day", async () => {
    await using server = await startStub();
    server.on(path, {body: csv(row("02/06/2026", "39.4"))});
    const found = await gathered(server.url, "2026-01-01", "2026-04-02");
    expect(
      server.calls.map(({query}) => ["ids", "dateFrom", "dateTo", "latestFlag"].map(name => query.get(name)))
    ).toEqual([
      ["PUBOB4512", "2026-01-01", "2026-03-31", "Y"],
      ["PUBOB4512", "2026-04-01", "2026-04-01", "Y"]
    ]);
    expect(found.map(({fileName}) => fileName)).toEqual([
      "gas-calorific-value-NW-20260101-20260331.csv",
      "gas-calorific-value-NW-20260401-20260401.csv"
    ]);
    await gathered(server.url, "2026-04-01", "2026-04-02", "LS");
    expect(server.calls.at(-1)?.query.get("ids")).toBe("PUBOB4522");
  });

  test("an empty answer is nothing, and the next days are asked for; a page or an error is a failure", async () => {
    await using server = await startStub();
    server.on(path, [{body: ""}, {body: csv(row("02/06/2026", "39.4"))}]);
    expect(
      (await gathered(server.url, "2026-01-01", "2026-04-02")).map(({fileName}) => fileName.slice(23, 31))
    ).toEqual(["20260401"]);
    server.on(path, {headers: {"content-type": "text/html"}, body: "<html>busy</html>"});
    await expect(gathered(server.url, "2026-01-01", "2026-01-02")).rejects.toMatchObject({kind: "wrong type"});
    server.on(path, {status: 404, body: ""});
    await expect(gathered(server.url, "2026-01-01", "2026-01-02")).rejects.toMatchObject({status: 404});
  });

  test("a value revised the next day is issued later", async () => {
    await using server = await startStub();
    server.on(path, [
      {body: csv(row("02/06/2026", "39.4"))},
      {body: csv(row("02/06/2026", "39.2", {generated: "25/06/2026 10:32:01"}))}
    ]);
    const files = [];
    for (let asked = 0; asked < 2; asked += 1) files.push(...(await gathered(server.url, "2026-06-02", "2026-06-03")));
    const [first, second] = files.map(({text}) => parsed(calorificValueCsv, text));
    expect([first?.rows[0]?.value, second?.rows[0]?.value]).toEqual(["39.4", "39.2"]);
    expect((first?.issued ?? "") < (second?.issued ?? "")).toBe(true);
  });

  test("for a zone there is", () =>
    expect(calorificValueApi.settings.safeParse({CANOPY_GAS_ZONE: "XX"}).success).toBe(false));
});

describe.skipIf(!hasRealData)("samples", () => {
  const sample = (name: string) => readFile(samplePath(`04-gas/${name}`), "utf8");

  test("of both forms", async () => {
    const text = await sample("nationalgas_cv.csv");
    expect(calorificValueCsv.isOf({fileName: "", head: text})).toBe(true);
    const {values, issued} = parsed(calorificValueCsv, text);
    expect(values).toEqual([
      ["SC", "2014-07-30", "39.3", "actual"],
      ["SE", "2014-07-30", "39", "actual"],
      ["WM", "2014-07-30", "39.4", "actual"],
      ["SC", "2014-07-31", "39.3", "actual"]
    ]);
    expect(issued).toBe("2018-02-21 10:32:01");
    expect(parsed(calorificValueJson, await sample("nationalgas_cv_new_api.json")).values).toEqual([
      ["NW", "2026-06-22", "39.41", "actual"]
    ]);
  });
});
