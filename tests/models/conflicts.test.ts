import {mkdir, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {main} from "../../src/cli.ts";
import {zipFile} from "../archive/containers/zip-file.ts";
import {bringAll} from "../support/bring-all.ts";
import {Canopy, fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans, writeRegister} from "../support/data-folder.ts";
import {flat, gmtFile, periodDayFile, periodFile, portalFile} from "../support/supplier-files.ts";

/**
 * Conflict is not revision: two loads that disagree about a meter-day need an order, else what counted before counts until a person decides. Values are
 * of 48 half-hours: 48, 96 and 144 kWh a day for 1, 2 and 3.
 */
const [mpan] = mpans;
const day = "2026-09-01";
const canopy = async (...args: Parameters<typeof makeDataFolder>) => new Canopy(await makeDataFolder(...args));
const plain = (kwh: number, date = day) => periodDayFile([{mpan, date, cells: flat(kwh)}]);

const said = (c: Canopy) =>
  c.ask(
    "select load_id, other_load_id, counts, days, kwh, other_kwh from marts.conflicts order by meter_point_id, load_id, other_load_id"
  );
const totals = (c: Canopy) =>
  c.ask(
    "select settlement_date::date::varchar as date, total_kwh, is_disputed from marts.meter_days order by meter_point_id, settlement_date"
  );
const held = (total_kwh: number, is_disputed: boolean, date = day) => ({date, total_kwh, is_disputed});

describe("without an order", () => {
  test("what counted before counts, marked; a third file that agrees with either changes nothing", async () => {
    const c = await canopy();
    await c.bring("one.csv", plain(1));
    expect(await totals(c)).toEqual([held(48, false)]);
    await c.bring("two.csv", plain(2));
    expect(await totals(c)).toEqual([held(48, true)]);
    await c.bring("three.csv", `${plain(2)}\n`);
    expect(await totals(c)).toEqual([held(48, true)]);
    expect(await said(c)).toEqual([
      {load_id: 2, other_load_id: 1, counts: "other", days: 1, kwh: 96, other_kwh: 48},
      {load_id: 3, other_load_id: 1, counts: "other", days: 1, kwh: 96, other_kwh: 48}
    ]);
  });

  test("accepted, the later wins; another that comes after is in conflict with it; taken back, all is as before", async () => {
    const c = await canopy();
    await c.bring("one.csv", plain(1));
    await c.bring("two.csv", plain(2));
    await c.decide(2, "accepted", "seen on the meter");
    expect(await totals(c)).toEqual([held(96, false)]);
    expect(await said(c)).toEqual([]);
    await c.bring("three.csv", plain(3));
    expect(await totals(c)).toEqual([held(96, true)]);
    expect(await said(c)).toEqual([{load_id: 3, other_load_id: 2, counts: "other", days: 1, kwh: 144, other_kwh: 96}]);
    await c.decide(2, "unaccepted", "it was another meter");
    expect(await totals(c)).toEqual([held(48, true)]);
  });

  test("withdrawn, either is gone and the other counts", async () => {
    const c = await canopy();
    await c.bring("one.csv", plain(1));
    await c.bring("two.csv", plain(2));
    await c.decide(1, "withdrawn", "another building");
    expect(await totals(c)).toEqual([held(96, false)]);
    await c.decide(1, "reinstated", "it was not");
    await c.decide(2, "withdrawn", "another building");
    expect(await totals(c)).toEqual([held(48, false)]);
  });

  test("accepted for some days alone, it wins on these", async () => {
    const c = await canopy();
    const days = (kwh: number) =>
      periodDayFile([1, 2, 3].map(number => ({mpan, date: `2026-09-0${number}`, cells: flat(kwh)})));
    await c.bring("one.csv", days(1));
    await c.bring("two.csv", days(2));
    const scope = {meter_point_id: mpan, first_date: "2026-09-02", last_date: "2026-09-02"};
    await c.decide(2, "accepted", "read by hand", scope);
    expect(await totals(c)).toEqual([
      held(48, true, "2026-09-01"),
      held(96, false, "2026-09-02"),
      held(48, true, "2026-09-03")
    ]);
  });

  test("of files of one run that disagree none counts, also when the warehouse is made again", async () => {
    const c = await canopy();
    const files = {"a.csv": plain(1), "b.csv": plain(2), "c.csv": plain(3), "d.csv": plain(1, "2026-09-02")};
    await bringAll(c, new Map(Object.entries(files)));
    expect(await totals(c)).toEqual([held(48, false, "2026-09-02")]);
    expect(await said(c)).toEqual([
      {load_id: 2, other_load_id: 1, counts: "neither", days: 1, kwh: 96, other_kwh: 48},
      {load_id: 3, other_load_id: 1, counts: "neither", days: 1, kwh: 144, other_kwh: 48},
      {load_id: 3, other_load_id: 2, counts: "neither", days: 1, kwh: 144, other_kwh: 96}
    ]);
    await rm(join(c.folder, "warehouse"), {recursive: true});
    await c.replay();
    expect(await totals(c)).toEqual([held(48, false, "2026-09-02")]);
    await c.decide(3, "accepted", "the right building");
    expect(await totals(c)).toEqual([held(144, false), held(48, false, "2026-09-02")]);
  });

  test("a warehouse made again keeps what came first, though all is landed in one run", async () => {
    const c = await canopy();
    await c.bring("one.csv", plain(1));
    await c.bring("two.csv", plain(2));
    await rm(join(c.folder, "warehouse"), {recursive: true});
    await c.replay();
    expect(await totals(c)).toEqual([held(48, true)]);
  });

  test("half-hours of another file fill no gap of a day that it contradicts", async () => {
    const c = await canopy();
    await c.bring("one.csv", periodDayFile([{mpan, date: day, cells: [...flat(1, 40), ...flat("", 8)]}]));
    await c.bring("two.csv", plain(2));
    expect(await totals(c)).toEqual([held(40, true)]);
  });
});

describe("with an order", () => {
  test("issue time, in either order of arrival", async () => {
    const c = await canopy();
    await c.bring("late.csv", portalFile("20/10/26 07:00", [{mpan, date: day, cells: flat(2)}]));
    await c.bring("early.csv", portalFile("02/10/26 07:00", [{mpan, date: day, cells: flat(1)}]));
    expect(await totals(c)).toEqual([held(96, false)]);
    expect(await said(c)).toEqual([]);
  });

  test("one with an issue time and one without have none", async () => {
    const c = await canopy();
    await c.bring("portal.csv", portalFile("02/10/26 07:00", [{mpan, date: day, cells: flat(1)}]));
    await c.bring("plain.csv", plain(2));
    expect(await totals(c)).toEqual([held(48, true)]);
  });

  test("an actual and an estimate; two estimates that an actual covers", async () => {
    const c = await canopy();
    const estimate = (kwh: number) =>
      periodDayFile([{mpan, date: day, cells: flat(kwh), flags: Array.from({length: 48}, () => "E")}]);
    await c.bring("estimate.csv", estimate(5));
    await c.bring("other.csv", estimate(6));
    expect(await totals(c)).toEqual([held(240, true)]);
    await c.bring("actual.csv", plain(1));
    expect(await totals(c)).toEqual([held(48, false)]);
  });

  test("a sender who corrects by sending again", async () => {
    const c = await canopy();
    const layout = {
      name: "our-portal",
      description: "A day a row.",
      evidence: "the supplier's letter: a day that comes again replaces the one before",
      feed: "estate-energy",
      columns: ["meter", "day", {half_hours: [{name: "h{n}", holds: "quantity"}], count: 48}],
      meter: {column: "meter", kind: "mpan"},
      date: {column: "day", formats: ["%Y-%m-%d"]},
      shape: {rows: "day"},
      clock: "local-clock",
      unit: {is: "kWh"},
      resends: "corrects"
    };
    await mkdir(join(c.folder, "council", "layouts"), {recursive: true});
    await writeFile(join(c.folder, "council", "layouts", "our-portal.json"), JSON.stringify(layout));
    const header = ["meter", "day", ...Array.from({length: 48}, (_, index) => `h${index + 1}`)].join();
    const ours = (kwh: number) => `${header}\n${[mpan, day, ...flat(kwh)].join()}\n`;
    await c.bring("one.csv", ours(1));
    await c.bring("two.csv", ours(1.25));
    expect(await totals(c)).toEqual([held(60, false)]);
    await c.bring("other.csv", plain(3));
    expect(await totals(c)).toEqual([held(60, true)]);
    await c.bring("three.csv", ours(1.5));
    expect(await totals(c)).toEqual([held(72, true)]);
  });
});

describe("equal values", () => {
  test.each([
    ["rounded to two decimals", 1.234, 1.23],
    ["rounded to one", 1.25, 1.3],
    ["rounded to whole numbers", 7.499, 7]
  ])("%s: the finer stands and nothing is in conflict", async (_what, fine, coarse) => {
    const c = await canopy();
    await c.bring("fine.csv", plain(fine));
    await c.bring("coarse.csv", plain(coarse));
    expect(await totals(c)).toEqual([held(expect.closeTo(48 * fine, 6) as number, false)]);
  });

  test("zeros are no rounding of what is less than a half", async () => {
    const c = await canopy();
    await c.bring("fine.csv", plain(0.4));
    await c.bring("zeros.csv", plain(0));
    expect(await totals(c)).toEqual([held(expect.closeTo(19.2, 6) as number, true)]);
  });

  test("what differs by more than the coarser's last place is a conflict", async () => {
    const c = await canopy();
    await c.bring("fine.csv", plain(1.234));
    await c.bring("coarse.csv", plain(1.2));
    await c.bring("other.csv", plain(1.3));
    expect(await totals(c)).toEqual([held(expect.closeTo(48 * 1.234, 6) as number, true)]);
  });
});

describe("one name, several meters", () => {
  const hall = [{id: "hall", knownAs: "Town Hall"}];

  test("two buildings' files brought for one meter", async () => {
    const c = await canopy(hall);
    const building = (kwh: number) => gmtFile([{date: "2026-01-14", cells: flat(kwh)}]);
    const files = {"a.csv": building(1), "b.csv": building(2)};
    await bringAll(c, new Map(Object.entries(files)), {meterPoint: "hall"});
    expect(await totals(c)).toEqual([]);
    expect(await said(c)).toEqual([{load_id: 2, other_load_id: 1, counts: "neither", days: 1, kwh: 96, other_kwh: 48}]);
  });

  test("two files of one zip", async () => {
    const c = await canopy(hall);
    const building = (kwh: number) => gmtFile([{date: "2026-01-14", cells: flat(kwh)}]);
    await c.bring(
      "all.zip",
      zipFile([
        {name: "a.csv", data: building(1)},
        {name: "b.csv", data: building(2)}
      ]),
      {
        meterPoint: "hall"
      }
    );
    expect(await totals(c)).toEqual([]);
  });

  test("one file in which two names of one meter disagree", async () => {
    const c = await canopy([{id: mpan}, {id: mpans[1], site: "library"}]);
    await writeRegister(c.folder, [{id: mpan, knownAs: mpans[1]}]);
    await c.bring(
      "both.csv",
      portalFile("02/10/26 07:00", [
        {mpan, date: day, cells: flat(1)},
        {mpan: mpans[1], date: day, cells: flat(2)}
      ])
    );
    expect(await totals(c)).toEqual([]);
    expect(await said(c)).toEqual([{load_id: 1, other_load_id: 1, counts: "neither", days: 1, kwh: 96, other_kwh: 48}]);
  });
});

describe("rows of one file that disagree", () => {
  test.each([
    [1, 2],
    [2, 1],
    [0, 3]
  ])("rows of readings: %s and %s: neither lands", async (first, second) => {
    const c = await canopy();
    const load = await c.bring(
      "rows.csv",
      periodFile([
        {mpan, date: day, period: 1, kwh: first},
        {mpan, date: day, period: 1, kwh: second},
        {mpan, date: day, period: 2, kwh: 5},
        {mpan, date: day, period: 2, kwh: 5}
      ])
    );
    expect(load).toMatchObject({rows_read: 4, rows_landed: 1, rows_duplicate: 1, rows_rejected: 2});
    expect(await totals(c)).toEqual([held(5, false)]);
    expect(await c.ask("select rule, value from marts.rejects order by row_number")).toEqual([
      {rule: "repeated", value: expect.stringMatching(/^\d\.0, but row 4 says/)},
      {rule: "repeated", value: expect.stringMatching(/^\d\.0, but row 3 says/)}
    ]);
  });
});

describe("said", () => {
  test("in status, with the two commands, and in its JSON", async () => {
    const c = await canopy();
    await c.bring("one.csv", plain(1));
    await c.bring("two.csv", plain(2));
    await c.ask("select 1 as one");
    const effects = fixedEffects("2026-11-03T13:00:00Z");
    expect(await main(["status", "--data", c.folder], effects)).toBe(0);
    const text = effects.printed.join("\n").replace(/\s+/g, " ");
    expect(text).toContain("1 meter has files that disagree");
    expect(text).toContain("canopy accept LOAD --why, or canopy withdraw LOAD --why");
    expect(text).toContain("load 2 (two.csv) says 96 kWh, load 1 (one.csv) 48 kWh; load 1 counts");
    const json = fixedEffects("2026-11-03T13:00:00Z");
    await main(["status", "--format", "json", "--data", c.folder], json);
    expect(JSON.parse(json.printed.join("\n")).faults.conflicts).toEqual([
      {
        meter_point_id: mpan,
        site_id: "town-hall",
        energy: "electricity",
        channel: "import",
        load_id: 2,
        file_name: "two.csv",
        other_load_id: 1,
        other_file_name: "one.csv",
        counts: "other",
        days: 1,
        first_date: day,
        last_date: day,
        kwh: 96,
        other_kwh: 48
      }
    ]);
  });
});
