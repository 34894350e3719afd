import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans, writeRegister} from "../support/data-folder.ts";
import {flat, gasFile, gmtFile, periodDayFile, periodFile, portalFile} from "../support/supplier-files.ts";

const [mpan, other] = mpans;
const canopy = async (...args: Parameters<typeof makeDataFolder>) => new Canopy(await makeDataFolder(...args));

/** 1, 2, 3 … so that every half-hour can be told from every other. */
const counted = (count: number, from = 1) => Array.from({length: count}, (_, index) => from + index);
const text = (numbers: readonly number[], suffix = "") => numbers.map(number => `${number}${suffix}`);
const none = (count: number) => Array.from({length: count}, () => "-");

describe("days of 46, 48 and 50 half-hours", () => {
  test("settlement periods stand where they are", async () => {
    const c = await canopy();
    await c.bring(
      "periods.csv",
      periodDayFile([
        {mpan, date: "2026-03-28", cells: counted(48)},
        {mpan, date: "2026-03-29", cells: counted(46)},
        {mpan, date: "2025-10-26", cells: counted(50)}
      ])
    );
    expect(await c.day(mpan, "2026-03-28")).toEqual(text(counted(48)));
    expect(await c.day(mpan, "2026-03-29")).toEqual(text(counted(46)));
    expect(await c.day(mpan, "2025-10-26")).toEqual(text(counted(50)));
  });

  test("a wall clock has no 01:00–02:00 in spring, and one of two in autumn", async () => {
    const c = await canopy();
    const spring = [...counted(2), "", "", ...counted(44, 5)];
    await c.bring(
      "portal.csv",
      portalFile("02/11/26 07:14", [
        {mpan, date: "2026-03-29", cells: spring},
        {mpan, date: "2026-10-25", cells: counted(48)}
      ])
    );
    expect(await c.day(mpan, "2026-03-29")).toEqual([...text(counted(2)), ...text(counted(44, 5))]);
    expect(await c.day(mpan, "2026-10-25")).toEqual([...text(counted(4)), ...none(2), ...text(counted(44, 5))]);
  });

  test("a GMT day begins at 01:00 local time in summer and its last hour is the next day's first", async () => {
    const c = await canopy([{id: "meter-a"}]);
    await c.bring(
      "gmt.csv",
      gmtFile([
        {date: "2026-03-28", cells: flat(1)},
        {date: "2026-03-29", cells: counted(48, 101)},
        {date: "2026-03-30", cells: counted(48, 201)},
        {date: "2026-10-24", cells: counted(48, 301)},
        {date: "2026-10-25", cells: counted(48, 401)},
        {date: "2026-10-26", cells: counted(48, 501)}
      ]),
      {meterPoint: "meter-a"}
    );
    expect(await c.day("meter-a", "2026-03-29")).toEqual(text(counted(46, 101)));
    expect(await c.day("meter-a", "2026-03-30")).toEqual([...text([147, 148]), ...text(counted(46, 201))]);
    expect(await c.day("meter-a", "2026-03-31")).toEqual([...text([247, 248]), ...none(46)]);
    expect(await c.day("meter-a", "2026-10-25")).toEqual([...text([347, 348]), ...text(counted(48, 401))]);
    expect(await c.day("meter-a", "2026-10-26")).toEqual(text(counted(48, 501)));
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    const [total] = await c.ask(
      "select sum(total_kwh) as kwh, max(list_sum(kwh) - total_kwh) as unseen_kwh from marts.meter_days"
    );
    expect(total).toEqual({kwh: 48 + sum([101, 201, 301, 401, 501].flatMap(from => counted(48, from))), unseen_kwh: 0});
  });

  test("rows of readings by period", async () => {
    const c = await canopy();
    const reads = [46, 48, 50].flatMap((count, index) =>
      counted(count).map(period => ({
        mpan,
        date: ["2026-03-29", "2026-06-01", "2026-10-25"][index] ?? "",
        period,
        kwh: period
      }))
    );
    await c.bring("rows.csv", periodFile(reads));
    expect(await c.day(mpan, "2026-03-29")).toEqual(text(counted(46)));
    expect(await c.day(mpan, "2026-10-25")).toEqual(text(counted(50)));
  });

  test("a reading in an hour that did not happen is refused, with its row", async () => {
    const c = await canopy();
    const load = await c.bring(
      "portal.csv",
      portalFile("02/11/26 07:14", [{mpan, date: "2026-03-29", cells: counted(48)}])
    );
    expect(load).toMatchObject({outcome: "landed", rows_landed: 0, rows_rejected: 1});
    expect(await c.ask("select row_number, rule, value from marts.rejects")).toEqual([
      {row_number: 10, rule: "outside the day", value: "29/03/26 has 46 half-hours"}
    ]);
    expect(await c.day(mpan, "2026-03-29")).toEqual([]);
  });
});

describe("revisions", () => {
  test("a part day is completed by the next file, and nothing stands for nothing", async () => {
    const c = await canopy();
    await c.bring(
      "first.csv",
      portalFile("25/10/26 07:00", [{mpan, date: "2026-10-24", cells: [...counted(46), "", ""]}])
    );
    await c.bring(
      "second.csv",
      portalFile("26/10/26 07:00", [{mpan, date: "2026-10-24", cells: [...flat("", 46), 47, 48]}])
    );
    expect(await c.day(mpan, "2026-10-24")).toEqual(text(counted(48)));
  });

  test("an actual replaces an estimate whenever it was issued", async () => {
    const actualFirst = await canopy();
    await actualFirst.bring(
      "a.csv",
      portalFile("01/10/26 07:00", [{mpan, date: "2026-09-01", cells: [...flat(7, 24), ...flat("", 24)]}])
    );
    await actualFirst.bring(
      "b.csv",
      portalFile("20/10/26 07:00", [{mpan, date: "2026-09-01", est: "E", cells: flat(9)}])
    );
    expect(await actualFirst.day(mpan, "2026-09-01")).toEqual([...flat("7", 24), ...flat("9e", 24)]);
    const [totals] = await actualFirst.ask(
      "select consumption_kwh, estimated_kwh, estimated_half_hours from marts.site_energy_daily"
    );
    expect(totals).toEqual({consumption_kwh: 24 * 7 + 24 * 9, estimated_kwh: 24 * 9, estimated_half_hours: 24});
  });

  test("a correction wins by its issue time, not by its arrival", async () => {
    const c = await canopy();
    await c.bring("corrected.csv", portalFile("20/10/26 07:00", [{mpan, date: "2026-09-01", cells: flat(2)}]));
    await c.bring("original.csv", portalFile("02/10/26 07:00", [{mpan, date: "2026-09-01", cells: flat(1)}]));
    expect(await c.day(mpan, "2026-09-01")).toEqual(flat("2"));
  });

  test("where files carry no issue time, what was counted first stays until a person decides", async () => {
    const c = await canopy();
    await c.bring("old.csv", periodDayFile([{mpan, date: "2026-09-01", cells: flat(1)}]));
    const later = await c.bring("new.csv", periodDayFile([{mpan, date: "2026-09-01", cells: flat(2)}]));
    expect(await c.day(mpan, "2026-09-01")).toEqual(flat("1"));
    await c.decide(later.load_id, "accepted", "the supplier says so");
    expect(await c.day(mpan, "2026-09-01")).toEqual(flat("2"));
  });

  test("the same bytes are one load, whatever their name", async () => {
    const c = await canopy();
    const bytes = portalFile("02/10/26 07:00", [{mpan, date: "2026-09-01", cells: flat(1)}]);
    const first = await c.bring("one.csv", bytes);
    const again = await c.bring("two.csv", bytes);
    expect(again.load_id).toBe(first.load_id);
    expect(
      await c.live(
        "select count(*)::integer as loads, (select count(*)::integer from raw.meter_days) as days from ops.loads"
      )
    ).toEqual([{loads: 1, days: 1}]);
  });

  test("a withdrawn load is out of view and what it replaced is back; undone, it is in view again", async () => {
    const c = await canopy();
    await c.bring("good.csv", portalFile("02/10/26 07:00", [{mpan, date: "2026-09-01", cells: flat(1)}]));
    const wrong = await c.bring(
      "wrong.csv",
      portalFile("20/10/26 07:00", [{mpan, date: "2026-09-01", cells: flat(1.2)}])
    );
    await c.decide(wrong.load_id, "withdrawn", "the wrong building");
    expect(await c.day(mpan, "2026-09-01")).toEqual(flat("1"));
    expect(await c.ask("select withdrawn_because from marts.loads order by load_id")).toEqual([
      {withdrawn_because: null},
      {withdrawn_because: "the wrong building"}
    ]);
    expect(await c.live("select count(*)::integer as days from raw.meter_days")).toEqual([{days: 2}]);
    await c.decide(wrong.load_id, "reinstated", "it was right after all");
    expect(await c.day(mpan, "2026-09-01")).toEqual(flat("1.2"));
  });

  test("a meter that the register does not know is held, and lands when it is added", async () => {
    const c = await canopy();
    await c.bring(
      "both.csv",
      portalFile("02/10/26 07:00", [
        {mpan, date: "2026-09-01", cells: flat(1)},
        {mpan: other, date: "2026-09-01", cells: flat(5)}
      ])
    );
    expect(await c.ask("select meter_key, days from marts.held_meters")).toEqual([{meter_key: other, days: 1}]);
    expect(await c.ask("select consumption_kwh from marts.site_energy_daily")).toEqual([{consumption_kwh: 48}]);
    await writeRegister(c.folder, [{id: mpan}, {id: other}]);
    expect(await c.ask("select * from marts.held_meters")).toEqual([]);
    expect(await c.ask("select consumption_kwh from marts.site_energy_daily")).toEqual([{consumption_kwh: 48 * 6}]);
  });
});

describe("within one file", () => {
  test("a repeated row that says the same is counted once; of two that differ neither counts, and both say so", async () => {
    const c = await canopy();
    const load = await c.bring(
      "repeats.csv",
      portalFile("02/10/26 07:00", [
        {mpan, date: "2026-09-01", cells: flat(1)},
        {mpan, date: "2026-09-01", cells: flat(1)},
        {mpan, date: "2026-09-02", cells: flat(3)},
        {mpan, date: "2026-09-02", cells: flat(4)}
      ])
    );
    expect(load).toMatchObject({rows_read: 4, rows_landed: 1, rows_duplicate: 1, rows_rejected: 2});
    expect(await c.day(mpan, "2026-09-01")).toEqual(flat("1"));
    expect(await c.day(mpan, "2026-09-02")).toEqual([]);
    expect(await c.ask("select row_number, rule, value from marts.rejects")).toEqual([
      {row_number: 12, rule: "repeated", value: "row 13 gives other readings for the same meter and day"},
      {row_number: 13, rule: "repeated", value: "row 12 gives other readings for the same meter and day"}
    ]);
  });

  test("two halves of a day in two rows are one day; an estimate gives way to its actual", async () => {
    const c = await canopy();
    const load = await c.bring(
      "halves.csv",
      portalFile("02/10/26 07:00", [
        {mpan, date: "2026-09-01", cells: [...counted(40), ...flat("", 8)]},
        {mpan, date: "2026-09-01", cells: [...flat("", 40), ...counted(8, 41)]},
        {mpan, date: "2026-09-02", cells: counted(48)},
        {mpan, date: "2026-09-02", est: "E", cells: flat(99)}
      ])
    );
    expect(load).toMatchObject({rows_read: 4, rows_landed: 3, rows_duplicate: 1, rows_rejected: 0});
    expect(await c.day(mpan, "2026-09-01")).toEqual(text(counted(48)));
    expect(await c.day(mpan, "2026-09-02")).toEqual(text(counted(48)));
  });

  test("a cell that is no number costs its half-hour and names itself; the rest of its row stands", async () => {
    const c = await canopy();
    const load = await c.bring(
      "damaged.csv",
      portalFile("02/10/26 07:00", [{mpan, date: "2026-09-01", cells: [1, "#REF!", "nan", ...counted(45, 4)]}])
    );
    expect(load).toMatchObject({rows_landed: 1, rows_rejected: 0, cells_rejected: 2});
    expect(await c.day(mpan, "2026-09-01")).toEqual(["1", "-", "-", ...text(counted(45, 4))]);
    expect(await c.ask("select row_number, rule, value from marts.rejects order by value")).toEqual([
      {row_number: 10, rule: "cell", value: "01:00: #REF!"},
      {row_number: 10, rule: "cell", value: "01:30: nan"}
    ]);
  });

  test("a row is rejected by its rule, and every row is accounted for", async () => {
    const c = await canopy();
    const good = {mpan, date: "2026-09-01", cells: flat(1)};
    const load = await c.bring(
      "mixed.csv",
      portalFile("02/10/26 07:00", [
        good,
        {...good, mpan: "1600000000011"},
        {...good, mpan: "1.6E+12"},
        {...good, date: "2026-13-45"},
        {...good, date: "2027-09-01"},
        {...good, est: "?", date: "2026-09-02"},
        {...good, type: "MWh/week", date: "2026-09-03"},
        {...good, type: "kVArh", date: "2026-09-04"},
        {...good, cells: [-1, ...flat(1, 47)], date: "2026-09-05"},
        {...good, est: "-", cells: flat(""), date: "2026-09-06"},
        {...good, cells: flat(1, 47), date: "2026-09-07"}
      ])
    );
    expect(load).toMatchObject({
      rows_read: 11,
      rows_landed: 1,
      rows_rejected: 8,
      rows_dropped: 1,
      rows_empty: 1,
      rows_duplicate: 0
    });
    expect(await c.ask("select row_number, rule from marts.rejects order by row_number")).toEqual([
      {row_number: 11, rule: "meter"},
      {row_number: 12, rule: "meter"},
      {row_number: 13, rule: "date"},
      {row_number: 14, rule: "date range"},
      {row_number: 15, rule: "status"},
      {row_number: 16, rule: "unit"},
      {row_number: 18, rule: "negative"},
      {row_number: 20, rule: "row shape"}
    ]);
  });
});

describe("gas", () => {
  test("volumes become kWh by the calorific value, and a row must agree with its own total", async () => {
    const c = await canopy([{id: "9100000001", energy: "gas"}]);
    const load = await c.bring(
      "gas.csv",
      gasFile([
        {mprn: "9100000001", date: "2026-06-22", unit: "M3", total: 96, cells: flat(2)},
        {mprn: "9100000001", date: "2026-06-23", unit: "KWH", total: 480, cells: flat(10)},
        {mprn: "9100000001", date: "2026-06-24", unit: "HCF", total: 48, cells: flat(1)},
        {mprn: "9100000001", date: "2026-06-25", unit: "M3", total: 500, cells: flat(2)}
      ])
    );
    expect(load).toMatchObject({rows_landed: 3, rows_rejected: 1});
    // 1 m3 = 1.02264 × 39.075 / 3.6 = 11.099905 kWh (published as 11.0999); 100 cubic feet = 2.8316846592 m3,
    // so 48 × 2 × 11.099905 = 1065.5909 and 48 × 2.8316846592 × 11.099905 = 1508.7087.
    const days = await c.ask<{consumption_kwh: number}>(
      "select consumption_kwh from marts.site_energy_daily order by settlement_date"
    );
    expect(days.map(({consumption_kwh}) => consumption_kwh)).toEqual(
      [1065.5909, 480, 1508.7087].map(kwh => expect.closeTo(kwh, 3))
    );
  });
});
