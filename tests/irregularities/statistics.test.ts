import {describe, expect, test} from "vitest";
import type {Canopy} from "../support/canopy.ts";
import {cellsOf, council, naiveNumber, total} from "./council.ts";

interface Figure {
  readonly item: string;
  readonly at: string;
  readonly value: number | null;
  readonly status: string;
}

const bring = (c: Canopy, name: string, lines: readonly string[]) =>
  c.bring(name, `${lines.join("\r\n")}\r\n`, {feed: "borough-statistics"});
const figures = (c: Canopy) =>
  c.live<Figure>(
    `select item, strftime(starts_at, '%Y-%m') as at, value::double as value, status
     from raw.observations where area = 'E08000007' order by starts_at, item, load_id`
  );

/** Irregularity 21: markers in place of figures, notes within headings, headings that stand twice, and quarters inserted at the left or the right. */
describe("21: statistics tables", () => {
  test("[x], [X] and [z] are no figures, and a nought is one: naively all are nought", async () => {
    const c = await council();
    const lines = [
      "Renewable electricity: capacity in MW (MW),,,,,,",
      "Local Authority Code [note 1],Local Authority Name [note 5],Region,Country,Photovoltaics,Sewage Gas,Wave,Total",
      "E08000007,Stockport,North West,England,21.75,[X],0,23"
    ];
    await bring(c, "LA - Capacity, 2023.csv", lines);
    const held = await figures(c);
    expect(held.map(({item, value, status}) => [item, value, status])).toEqual([
      ["Photovoltaics", 21.75, "actual"],
      ["Sewage Gas", null, "suppressed"],
      ["Total", 23, "actual"],
      ["Wave", 0, "actual"]
    ]);
    const naive = cellsOf(lines[2]).slice(4).map(naiveNumber);
    expect([naive.filter(value => value === 0).length, held.filter(({value}) => value === 0).length]).toEqual([2, 1]);
  });

  test("notes and a revision mark in a heading: the year is the year; as it stands no such year is found", async () => {
    const c = await council();
    const header = "Local Authority or Region Code,Local Authority,2021,2022 [note 8] [r]";
    const lines = [
      "TRA8901: Motor vehicle traffic by local authority,,,",
      "Units: million vehicle miles,,,",
      header,
      "E08000007,Stockport,841.5,1040.1"
    ];
    await bring(c, "tra8901.csv", lines);
    expect((await figures(c)).map(({at, value}) => `${at} ${value}`)).toEqual(["2021-01 841.5", "2022-01 1040.1"]);
    expect([cellsOf(header).indexOf("2022"), Number(cellsOf(header)[3])]).toEqual([-1, Number.NaN]);
  });

  test("a heading that stands twice, with other words in each: what is read is what stands once", async () => {
    const c = await council();
    const header =
      "CERTIFICATE_NUMBER,ADDRESS1,POSTCODE,HEATING_CO2,LODGEMENT_DATE,OPERATIONAL_RATING_BAND,HEATING_CO2,LOCAL_AUTHORITY";
    const rows = ["0101,X,ZZ1 1ZZ,3,2024-02-03,C,71,E08000007", "0102,X,ZZ1 1ZZ,4,2024-02-29,C,72,E08000007"];
    const load = await bring(c, "display-E08000007.csv", [header, ...rows]);
    expect(load).toMatchObject({outcome: "landed", rows_rejected: 0});
    expect(await figures(c)).toEqual([expect.objectContaining({at: "2024-02", value: 2})]);
    const naive = rows.map(row =>
      Object.fromEntries(cellsOf(header).map((name, index) => [name, cellsOf(row)[index]]))
    );
    expect(naive.map(row => Object.keys(row).length)).toEqual([7, 7]);
    expect(naive.map(({HEATING_CO2}) => HEATING_CO2)).toEqual(["71", "72"]);
  });

  const vehicles = (quarters: readonly string[], counts: readonly number[]) => [
    "VEH0132: Ultra low emission vehicles licensed at the end of the quarter,,,",
    `ONS Sort,ONS Code [note 6],ONS Geography [note 6],Units,Fuel [note 2],Keepership [note 3],${quarters.join(",")}`,
    `120,E08000007,Stockport,Number,Total,Total,${counts.join(",")}`
  ];

  test("a new quarter inserted at the left moves every figure one place; each keeps its quarter", async () => {
    const c = await council();
    const before = vehicles(["2025 Q2", "2025 Q1"], [410, 400]);
    const after = vehicles(["2025 Q3", "2025 Q2 [r]", "2025 Q1"], [425, 411, 400]);
    await bring(c, "veh0132-a.csv", before);
    await bring(c, "veh0132-b.csv", after);
    const held = new Map((await figures(c)).map(({at, value}) => [at, value]));
    expect([...held]).toEqual([
      ["2025-01", 400],
      ["2025-04", 411],
      ["2025-07", 425]
    ]);
    const sixth = (lines: readonly string[]) => naiveNumber(cellsOf(lines[2])[6] ?? "");
    expect([sixth(before), sixth(after)]).toEqual([410, 425]);
    expect(held.get("2025-04")).not.toBe(sixth(after));
  });

  test("a new quarter added at the right: the last column is another quarter than it was", async () => {
    const c = await council();
    const devices = (quarters: readonly string[], counts: readonly string[]) => [
      "Table 1a: Publicly available electric vehicle charging devices at all speeds by local authority,,",
      `Local authority / region code [note 5],Local authority / region name,${quarters.join(",")}`,
      `E08000007,Stockport,${counts.join(",")}`
    ];
    const before = devices(["Jan-25", "Apr-25 [note 2]"], ["171", "[x]"]);
    const after = devices(["Jan-25", "Apr-25 [note 2]", "Jul-25"], ["171", "180", "190"]);
    await bring(c, "1a-before.csv", before);
    await bring(c, "1a-after.csv", after);
    const held = new Map((await figures(c)).map(({at, value}) => [at, value]));
    expect([...held]).toEqual([
      ["2025-01", 171],
      ["2025-04", 180],
      ["2025-07", 190]
    ]);
    const last = (lines: readonly string[]) => naiveNumber(cellsOf(lines[2]).at(-1) ?? "");
    expect([last(before), last(after)]).toEqual([0, 190]);
  });

  test("thousands are made vehicles, and a total of the country is no borough's", async () => {
    const c = await council();
    const lines = vehicles(["2025 Q2"], [1.234]).map(line => line.replace("Number", "Thousands"));
    await bring(c, "veh0132.csv", lines);
    expect((await figures(c)).map(({value}) => value)).toEqual([1234]);
    expect(total(cellsOf(lines[2]).slice(6).map(naiveNumber))).toBe(1.234);
  });
});
