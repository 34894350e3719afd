import {describe, expect, test} from "vitest";
import {hasMpanCheckDigit} from "../../src/domain/meter-points.ts";
import {linesOf, rejectsOf} from "../support/landed-lines.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {cellsOf, council, counted, heldTotal, mpan, naiveNumber, secondMpan, total} from "./council.ts";

/** Irregularity 10: readings that are no readings: all the bits of a counter set, or a counter that has run over. */
describe("10: sentinels and wrapped counters", () => {
  const sentinels = [4294967.295, 16777.215, 8590.017];

  test("each costs its half-hour and is named; added up they are four million kWh", async () => {
    const c = await council();
    const text = portalFile("25/10/26 07:00", [{mpan, date: "2026-10-20", cells: [...sentinels, ...flat(2, 45)]}]);
    const load = await c.bring("portal.csv", text);
    const held = await c.day(mpan, "2026-10-20");
    expect(held).toEqual(["-", "-", "-", ...flat("2", 45)]);
    const naive = total(cellsOf(text.trimEnd().split("\n").at(-1)).slice(8).map(naiveNumber));
    expect([heldTotal(held), Math.round(naive)]).toEqual([90, 4320425]);
    expect(await rejectsOf(c, load)).toEqual([
      "cell: 00:30: 4294967.295",
      "cell: 01:00: 16777.215",
      "cell: 01:30: 8590.017"
    ]);
  });

  test("in a service's answer too", async () => {
    const c = await council();
    const values = [...sentinels, 2].map((primaryValue, index) => ({
      primaryValue,
      timestamp: `2026-01-14 0${index}:30`
    }));
    const answer = {
      resource: `/mpxn/${mpan}/utility/electricity/readingtype/consumption?granularity=halfhour`,
      responseTimestamp: "2026-01-15T09:00:00.000Z",
      granularity: "halfhour",
      unit: "kWh",
      devices: [{deviceId: "0A", values}]
    };
    await c.bring("n3rgy.json", JSON.stringify(answer));
    const held = heldTotal(await c.day(mpan, "2026-01-14"));
    expect([held, Math.round(total(values.map(({primaryValue}) => primaryValue)))]).toEqual([2, 4320337]);
  });
});

/** Irregularity 11: what is not there is written as nothing, `-`, NULL or null, and is not nought; a nought that is written is one. */
describe("11: zero for missing", () => {
  test("markers are nothing, noughts are noughts: the mean half-hour is 4, not 3", async () => {
    const c = await council();
    const markers = ["", "-", "NULL", "null"];
    const cells = [...flat(4, 32), ...counted(12).map(index => markers[index % 4] ?? ""), ...flat(0, 4)];
    const lines = linesOf("perse", [
      {
        MPAN: mpan,
        Date: "2026-01-14",
        MQ: "AI",
        status: "",
        ...Object.fromEntries(
          cells.flatMap((cell, slot) => [
            [`quantity ${slot + 1}`, cell],
            [`status ${slot + 1}`, cell === 4 || cell === 0 ? "A" : ""]
          ])
        )
      }
    ]);
    await c.bring("perse.csv", `${lines.join("\n")}\n`);
    const held = await c.day(mpan, "2026-01-14");
    expect(held).toEqual([...flat("4", 32), ...flat("-", 12), ...flat("0", 4)]);
    const naive = cellsOf(lines[1]).slice(3, 51).map(naiveNumber);
    const present = held.filter(cell => cell !== "-").length;
    expect([heldTotal(held) / present, total(naive) / naive.length]).toEqual([128 / 36, 128 / 48]);
    expect([held.filter(cell => cell === "0").length, naive.filter(kwh => kwh === 0).length]).toEqual([4, 16]);
  });

  test("a service's null is nothing and its 0 a reading", async () => {
    const c = await council();
    const start = Date.parse("2026-01-14T00:00:00Z") / 1000;
    const data = [
      [start, 0],
      [start + 1800, null],
      [start + 3600, 0.5]
    ];
    const answer = {
      resourceTypeId: "0a0b0c0d-0000-4000-8000-00000000000f",
      resourceId: "0f0e0d0c-0000-4000-8000-000000000001",
      query: {period: "PT30M", function: "sum"},
      data,
      units: "kWh",
      classifier: "electricity.consumption"
    };
    await c.bring("glow.json", JSON.stringify(answer), {meterPoint: mpan});
    const held = await c.day(mpan, "2026-01-14");
    expect(held.slice(0, 4)).toEqual(["0", "-", "0.5", "-"]);
    expect([...data.map(([, kwh]) => String(Number(kwh)))]).toEqual(["0", "0", "0.5"]);
  });

  test("a row marked as having no readings has none, whatever its cells hold; one marked missing that holds readings is told", async () => {
    const c = await council();
    const day = (date: string, kwh: number) => ({mpan, date, est: "-", cells: flat(kwh)});
    const load = await c.bring("est.csv", portalFile("25/10/26 07:00", [day("2026-10-20", 0), day("2026-10-21", 3)]));
    expect(load).toMatchObject({rows_read: 2, rows_landed: 0, rows_empty: 1, rows_rejected: 1});
    expect([await c.day(mpan, "2026-10-20"), flat(0).length]).toEqual([[], 48]);
  });
});

/** Irregularity 12: what a spreadsheet makes of numbers and dates that it was only shown. */
describe("12: spreadsheet damage", () => {
  const damaged = (id: string) => portalFile("25/10/26 07:00", [{mpan: id, date: "2026-10-20", cells: flat(1)}]);

  test("an MPAN of 1.6E+12 is rejected; read as a number it is another meter, whose check digit fits", async () => {
    const c = await council();
    const load = await c.bring("rounded.csv", damaged("1.6E+12"));
    expect(await rejectsOf(c, load)).toEqual(["meter: 1.6E+12: an MPAN that a spreadsheet has rounded"]);
    const naive = Number("1.6E+12").toFixed(0);
    expect([naive === mpan, hasMpanCheckDigit(naive)]).toEqual([false, true]);
    const landed = await c.live("select 1 from raw.meter_days");
    expect(landed).toEqual([]);
  });

  test("leading noughts that are lost leave the core; a number loses its end", async () => {
    const c = await council();
    const whole = `008015001${mpan}`;
    const [lost, asNumber] = [whole.replace(/^0+/, ""), BigInt(Number(whole)).toString()];
    await c.bring("lost.csv", damaged(lost));
    expect(heldTotal(await c.day(mpan, "2026-10-20"))).toBe(48);
    expect(asNumber.slice(-13)).not.toBe(mpan);
    expect(await c.bring("number.csv", damaged(asNumber))).toMatchObject({rows_landed: 0, rows_rejected: 1});
  });

  test("a date that is a count of days is rejected, one in a database's words is read", async () => {
    const c = await council();
    const row = {
      ID: mpan,
      Location: "Town Hall",
      Units: "KWH",
      "Total Units": 48,
      quantity: 1
    };
    const coded = linesOf("banes-coded", [
      {...row, M1_Code1: mpan, Date: "Jan 14 2026 12:00AM"},
      {...row, M1_Code1: secondMpan, Date: "46036"}
    ]);
    const load = await c.bring("banes.csv", `${coded.join("\n")}\n`);
    expect(load).toMatchObject({rows_landed: 1, rows_rejected: 1});
    expect(await rejectsOf(c, load)).toEqual(["date: 46036"]);
    expect(heldTotal(await c.day(mpan, "2026-01-14"))).toBe(48);
    const naiveYear = new Date("46036").getFullYear();
    expect(naiveYear).toBe(46036);
  });

  test("a card number that a spreadsheet rounded names nobody: the drawing is of its registration", async () => {
    const c = await council();
    const header = "Card Number,Registration,Transaction Date,Transaction Time,Site,Product,Quantity,Gross\n";
    const rows = ["QZ38FTS", "QZ75KPL"].map(
      registration => `7.08E+18,${registration},14/05/2026,06:15,NORTH,DERV,40.00,56.00\n`
    );
    const load = await c.bring("portal.csv", header + rows.join(""), {feed: "fleet-fuel"});
    expect(load.outcome).toBe("landed");
    const [held] = await c.live<{vehicles: bigint; litres: string}>(
      "select count(distinct registration_pseudonym) as vehicles, sum(quantity)::varchar as litres from raw.fuel_transactions"
    );
    const naiveVehicles = new Set(rows.map(row => Number(cellsOf(row)[0]))).size;
    expect([Number(held?.vehicles), held?.litres, naiveVehicles]).toEqual([2, "80.000", 1]);
  });
});

/** Irregularity 19: a date is read in the order that its layout names, and in no other. */
describe("19: the order of a date", () => {
  const naively = (text: string) => {
    const at = new Date(text);
    return Number.isNaN(at.getTime())
      ? null
      : [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(part => String(part).padStart(2, "0")).join("-");
  };
  const dates = async (lines: readonly string[] | string, feed = "estate-energy") => {
    const c = await council();
    const load = await c.bring("dates.csv", typeof lines === "string" ? lines : `${lines.join("\n")}\n`, {feed});
    const rows = await c.live<{date: string}>(
      "select distinct settlement_date::varchar as date from raw.meter_days order by 1"
    );
    return {rows: rows.map(({date}) => date), load, c};
  };

  test("05/06/26 is the fifth of June", async () => {
    const {rows} = await dates(portalFile("25/10/26 07:00", [{mpan, date: "2026-06-05", cells: flat(1)}]));
    expect(rows).toEqual(["2026-06-05"]);
    expect(naively("05/06/26")).toBe("2026-05-06");
  });

  test("24/10/26 is in 2026: read from the year on, it is in 2024", async () => {
    const {rows} = await dates(portalFile("25/10/26 07:00", [{mpan, date: "2026-10-24", cells: flat(1)}]));
    const [year, month, day] = "24/10/26".split("/");
    expect([rows, `20${year}-${month}-${day}`, naively("24/10/26")]).toEqual([["2026-10-24"], "2024-10-26", null]);
  });

  test("a feed that flips from 2026/06/05 to 05/06/2026 is one day twice, not two", async () => {
    const written = ["2026/06/05", "05/06/2026"];
    const row = {consumption_source: "AMR", mpxn: mpan, meter_read_type: "AI", quantity: 1, status: "A"};
    const {rows, load} = await dates(
      linesOf(
        "british-gas-dc-da-electricity",
        written.map(reading_date => ({...row, reading_date}))
      )
    );
    expect([rows, load.rows_duplicate]).toEqual([["2026-06-05"], 1]);
    expect(written.map(naively)).toEqual(["2026-06-05", "2026-05-06"]);
  });

  test("words for the month, or a clock before the date, are read as they say", async () => {
    const edf = await dates(
      linesOf("edf-row-per-reading", [{MPR: mpan, ReadDatetime: "26 Aug 2026 00:30:00", kWh: 1, ReadType: "Actual"}])
    );
    expect([edf.rows, edf.load.rows_landed]).toEqual([["2026-08-26"], 1]);
    const solar = await dates(
      linesOf("asl-centrica-solar", [{meter: "PV-1", time: "00:00:00 Fri 05/06/2026", quantity: 1}]),
      "renewable-generation"
    );
    expect(solar.rows).toEqual(["2026-06-05"]);
    expect(naively("00:00:00 Fri 05/06/2026")).not.toBe("2026-06-05");
  });

  test("a month first is no date of the layout: the file is refused rather than turned", async () => {
    const lines = linesOf("opus-row-per-period", [
      {MPANCore: mpan, "Sett Date": "10/24/2026", "Sett Period": 1, Type: "AI", "Meter Read": 1}
    ]);
    const {rows, load} = await dates(lines);
    expect([rows, load.outcome, load.reason]).toEqual([
      [],
      "refused",
      expect.stringContaining("can only be month/day, such as 10/24/2026")
    ]);
    expect(naively("10/24/2026")).toBe("2026-10-24");
  });
});
