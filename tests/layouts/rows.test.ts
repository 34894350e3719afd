import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {columnsOf} from "../../src/layouts/layout.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {bringLines, layoutNamed, linesOf, rejectsOf} from "../support/landed-lines.ts";
import {fileIn, readingsOf} from "../support/layout-files.ts";

const [mpan, other] = mpans;
let canopy: Canopy;
let leave = async () => {};

beforeAll(async () => {
  const folder = await makeDataFolder(undefined, undefined, finish => {
    leave = finish;
  });
  canopy = new Canopy(folder);
});
afterAll(() => leave());

let files = 0;
const bring = (lines: readonly string[], feed = "estate-energy") => {
  files += 1;
  return bringLines(canopy, lines, {name: `file-${files}.csv`, feed});
};

/** Nothing in the half-hours that only the day of 50 has. */
const shortDay = {"quantity 49": "", "quantity 50": ""};

describe("rows that are no readings", () => {
  test("a header that stands again in the middle is passed over, and the rows after it are read", async () => {
    const [header = "", ...rows] = linesOf("drax-portal", [
      {MPAN: mpan, Date: "2026-09-01", Total: 48, quantity: 1, ...shortDay},
      {MPAN: mpan, Date: "2026-09-02", Total: 96, quantity: 2, ...shortDay}
    ]);
    const {load, total} = await bring([header, rows[0] ?? "", header, rows[1] ?? ""]);
    expect(load).toMatchObject({
      layout: "drax-portal",
      rows_read: 3,
      rows_landed: 2,
      rows_dropped: 1,
      rows_rejected: 0
    });
    expect(total).toBe(144);
  });

  test("grand totals are dropped, and are in no total", async () => {
    const row = {"Settlement Date": "01/09/2026", ...shortDay};
    const {load, days} = await bring([
      "Report of settlement data,",
      "",
      ...linesOf("bryt", [
        {...row, Mpan: mpan, quantity: 1, "Grand Total": 48},
        {...row, Mpan: other, quantity: 3, "Grand Total": 144},
        {...shortDay, Mpan: "Grand Total", quantity: 4, "Grand Total": 192}
      ])
    ]);
    expect(load).toMatchObject({layout: "bryt", rows_landed: 2, rows_dropped: 1, rows_rejected: 0});
    expect(days.map(({meter, total}) => [meter, total])).toEqual([
      [mpan, 48],
      [other, 144]
    ]);
  });

  test("reactive energy and volume are dropped, by the words of the row", async () => {
    const row = {"Meter Name": mpan, Date: "01/09/26", status: "A"};
    const {load, total} = await bring(
      linesOf("sse1", [
        {...row, Description: "Active Energy Import", quantity: 1},
        {...row, Description: "Reactive Energy Export", quantity: 100},
        {...row, Description: "Volume", quantity: 100},
        {...row, Description: "Temperature", quantity: 100}
      ])
    );
    expect(load).toMatchObject({layout: "sse1", rows_landed: 1, rows_dropped: 2, rows_rejected: 1});
    expect(total).toBe(48);
  });

  test("lagging and leading reactive energy is dropped, however it is written", async () => {
    const {load, total} = await bring(
      linesOf("sse2", [
        {MPAN: mpan, Units: "kWh", Date: "01/09/26", quantity: 1},
        {MPAN: mpan, Units: "kVArh lag", Date: "01/09/26", quantity: 100},
        {MPAN: mpan, Units: "LEAD", Date: "01/09/26", quantity: 100}
      ])
    );
    expect(load).toMatchObject({layout: "sse2", rows_landed: 1, rows_dropped: 2});
    expect(total).toBe(48);
  });
});

describe("labels", () => {
  test("of twelve hours: 12:00 AM is the first half-hour and 12:00 PM the twenty-fifth", async () => {
    const header = columnsOf(layoutNamed("crown")).map(({name}) => name);
    expect([header[3], header[4], header[5], header[27], header[29], header[50]]).toEqual([
      "12:00 AM",
      "12:30 AM",
      "1:00 AM",
      "12:00 PM",
      "1:00 PM",
      "11:30 PM"
    ]);
    const cells = header.map(
      name => ({MPRN: "9100000001", Date: "01/09/2026", "12:00 AM": "1", "12:00 PM": "2", "Total kWh": "3"})[name] ?? ""
    );
    const {load, held} = await bring([header.join(), cells.join()]);
    expect(load).toMatchObject({layout: "crown", rows_landed: 1});
    expect([...held]).toEqual([
      ["2026-09-01 1", 1],
      ["2026-09-01 25", 2]
    ]);
  });

  test("that slip: the last column of DataVision, 00:00, is the last half-hour of its row's day, not the first", async () => {
    const times = readingsOf(["2026-10-24"], () => 0).map(({clock}) => clock);
    const labels = [...times.slice(1), ...times.slice(0, 1)];
    expect([labels[0], labels[46], labels[47]]).toEqual(["00:30", "23:30", "00:00"]);
    const header = [
      "Site Id",
      "Meter Number",
      "Data Type",
      "Reading Date",
      ...labels.flatMap(time => [time, "DQ Flag"])
    ];
    const cells = labels.flatMap(time => (time === "00:30" ? ["1", "A"] : time === "00:00" ? ["4", "A"] : ["", ""]));
    const {load, held} = await bring([header.join(), [mpan, "E1", "kWh", "24/10/2026", ...cells].join()]);
    expect(load.layout).toBe("imserv-datavision");
    expect([...held]).toEqual([
      ["2026-10-24 1", 1],
      ["2026-10-24 48", 4]
    ]);
  });

  test("of a time of its own: 2400 is the end of its date, and 0030 that of its first half-hour", async () => {
    const {held, days} = await bring([
      "Type,MPRN,Serial,Date,Time,Reading,Ignore",
      "CNS,9100000001,S1,20260901,0030,1.5,",
      "CNS,9100000001,S1,20260901,30,1.5,",
      "CNS,9100000001,S1,20260901,2400,2.5,"
    ]);
    expect([...held]).toEqual([
      ["2026-09-01 1", 1.5],
      ["2026-09-01 48", 2.5]
    ]);
    expect(days[0]?.unit).toBe("m3");
  });

  test("of the day of collection: what is dated 2 September was made on the first", async () => {
    const {held} = await bring(
      linesOf("passiv-solar", [
        {"Generation MSN": "PV 1", "Date/Time Stamp": "2026-09-02T00:15:00Z", "quantity 24": 7}
      ]),
      "renewable-generation"
    );
    /** 11:30 UTC is 12:30 of summer time, half-hour 26. */
    expect([...held]).toEqual([["2026-09-01 26", 7]]);
  });
});

describe("the hour that autumn repeats, in two columns of its own", () => {
  const hours = {"quantity 3": 3, "quantity 4": 4, "quantity 5": 5, "quantity 49": 49, "quantity 50": 50, status: "A"};
  test.each([
    ["crown-electricity", {"MPAN Core": mpan, "Read Date": "25/10/2026"}],
    ["my-energy-coach-site-name", {"Meter Reference": mpan, "Reading Date": "25/10/2026"}]
  ])("%s: they are its second pass, periods 5 and 6", async (name, row) => {
    const {load, held} = await bring(linesOf(name, [{...row, ...hours}]));
    expect(load).toMatchObject({layout: name, rows_landed: 1});
    expect([...held]).toEqual([
      ["2026-10-25 3", 3],
      ["2026-10-25 4", 4],
      ["2026-10-25 5", 49],
      ["2026-10-25 6", 50],
      ["2026-10-25 7", 5]
    ]);
  });

  test("on another day they must hold nothing: the row is rejected", async () => {
    const {load, held} = await bring(
      linesOf("crown-electricity", [{"MPAN Core": mpan, "Read Date": "24/10/2026", ...hours}])
    );
    expect(await rejectsOf(canopy, load)).toEqual(["outside the day: 24/10/2026 has 48 half-hours"]);
    expect(held.size).toBe(0);
  });
});

describe("part days", () => {
  test("a day that comes in two parts in two files is whole", async () => {
    const layout = layoutNamed("crown-row");
    const all = readingsOf(["2026-09-01"], (_day, period) => period);
    for (const part of [all.slice(0, 20), all.slice(20)]) await bring(fileIn(layout, part).text.trimEnd().split("\n"));
    const [found] = await canopy.live<{present: number; total: number}>(
      "select sum(bit_count(present))::integer as present, sum(list_sum(quantity)) as total from raw.meter_days where meter_key = 'name:SERIAL-1' and settlement_date = '2026-09-01'"
    );
    expect(found).toEqual({present: 48, total: 1176});
  });
});
