import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Dial, flowOfReads, mpanOf, portalIndexFile, sigmaFile, sourcesOf, writeMetering} from "./meter-files.ts";

/** What comes of one meter in June 2026: 1,440 half-hours. */
interface Case {
  readonly title: string;
  /** The row of meters.csv after the meter point. */
  readonly meter?: string;
  /** Reads of each file, in the order in which they were issued, as `readsIn` takes them. */
  readonly files: readonly string[];
  /** Half-hours and kWh by read pairs; the rest of the month is nothing. */
  readonly halfHours: number;
  readonly kwh: number;
  readonly estimated?: number;
}

const fiveDigits = "K26Z00417,,5,,,,,";
/** Reads written as "06-11 150 E #SERIAL /02": day, value, type, serial number and register, of which the last three may be absent. */
function readsIn(text: string, mpan: string): Dial[] {
  const read = /^(\S+(?: \d\d:\d\d)?) ([\d.]+)(?: ([EW]))?(?: #(.+?))?(?: \/(\d+))?$/;
  return text.split(", ").map(each => {
    const [, at, value, type = "R", serial = "K26Z00417", register = "01"] = read.exec(each) ?? [];
    return {mpan, at: `2026-${at}`, value: Number(value), type, serial, register};
  });
}

const cases: readonly Case[] = [
  {
    title: "a difference",
    files: ["06-01 1000, 06-11 1240.5"],
    halfHours: 480,
    kwh: 240.5
  },
  {
    title: "a dial of five digits turns over: 99,998 to 12 is 14",
    meter: fiveDigits,
    files: ["06-01 99998, 06-11 12"],
    halfHours: 480,
    kwh: 14
  },
  {
    title: "a dial whose digits nobody knows goes back: no kWh, and on from there, 12 to 40",
    files: ["06-01 99998, 06-11 12, 06-21 40"],
    halfHours: 480,
    kwh: 28
  },
  {
    title: "a dial that would have run half round has not turned over: 50,000 to 0; 50,001 to 0 is 49,999",
    meter: fiveDigits,
    files: ["06-01 50000, 06-11 0, 06-16 50001, 06-21 0"],
    // 0 to 50,001 in five days, then 49,999 in five.
    halfHours: 480,
    kwh: 100_000
  },
  {
    title: "a value that no dial of five digits has does not turn over",
    meter: fiveDigits,
    files: ["06-01 150000, 06-11 60000"],
    halfHours: 0,
    kwh: 0
  },
  {
    title: "an estimate does not turn a dial over, and what follows it is estimated",
    meter: fiveDigits,
    files: ["06-01 99998, 06-11 12 E, 06-21 40"],
    halfHours: 480,
    kwh: 28,
    estimated: 28
  },
  {
    title: "estimated at its end, a period is estimated; at its start too",
    files: ["06-01 100, 06-11 160 E, 06-21 200, 06-30 218"],
    // 60 and 40 are estimated, 18 in nine days are not.
    halfHours: 480 + 480 + 432,
    kwh: 118,
    estimated: 100
  },
  {
    title: "an estimate that the next read undercuts is none: 100 to 120, actual",
    files: ["06-01 100, 06-11 150 E, 06-21 120"],
    halfHours: 960,
    kwh: 20
  },
  {
    title: "nor are the estimates before it, since the last actual read",
    files: ["06-01 100, 06-06 110 E, 06-11 160 E, 06-21 120, 06-30 129 E"],
    // 20 actual in twenty days, 9 estimated in nine.
    halfHours: 960 + 432,
    kwh: 29,
    estimated: 9
  },
  {
    title: "a dial that turned over while it was estimated: 99,900 to 15 is 115, actual",
    meter: fiveDigits,
    files: ["06-01 99900, 06-11 99990 E, 06-21 15"],
    halfHours: 960,
    kwh: 115
  },
  {
    title: "an exchange: each serial number by itself, and the gap between them missing",
    meter: fiveDigits,
    files: ["06-01 5000, 06-06 5090, 06-11 0 #NEW1, 06-21 40 #NEW1"],
    // 90 in five days, nothing in five, 40 in ten.
    halfHours: 240 + 480,
    kwh: 130
  },
  {
    title: "a serial number is the same with a space and in small letters",
    files: ["06-01 100, 06-11 160 #k26z 00417"],
    halfHours: 480,
    kwh: 60
  },
  {
    title: "a withdrawn read is none",
    files: ["06-01 1000, 06-11 1500, 06-21 1060", "06-11 1500 W"],
    halfHours: 960,
    kwh: 60
  },
  {
    title: "a read withdrawn and given anew in one file",
    files: ["06-01 1000, 06-11 1500, 06-21 1060", "06-11 1500 W, 06-11 1030"],
    halfHours: 960,
    kwh: 60
  },
  {
    title: "a read given again after it was withdrawn stands",
    files: ["06-01 1000, 06-11 1030, 06-21 1060", "06-11 1030 W", "06-11 1040"],
    halfHours: 960,
    kwh: 60
  },
  {
    title: "of two rates the sum, over instants that both have; where one lacks its end the period is missing",
    files: ["06-01 100, 06-01 10 /02, 06-11 150, 06-21 200, 06-21 40 /02, 06-30 260"],
    // 100 and 30 in twenty days; of the last nine only one register speaks.
    halfHours: 960,
    kwh: 130
  },
  {
    title: "one of two rates goes back: the period has no kWh",
    files: ["06-01 100, 06-01 10 /02, 06-11 150, 06-11 5 /02, 06-21 200, 06-21 40 /02"],
    // 50 and 35 in the ten days after.
    halfHours: 480,
    kwh: 85
  },
  {
    title: "a multiplier: 2.5 steps of 40",
    meter: "K26Z00417,,,40,,,,",
    files: ["06-01 10, 06-11 12.5"],
    halfHours: 480,
    kwh: 100
  },
  {
    title: "the multiplier of another serial number is not its own",
    meter: "OTHER,,,40,,,,",
    files: ["06-01 10, 06-11 12.5"],
    halfHours: 480,
    kwh: 2.5
  },
  {
    title: "of several reads in a day the first stands for its start",
    files: ["06-01 00:00 100, 06-01 14:00 110, 06-02 08:00 120, 06-03 00:00 130"],
    halfHours: 96,
    kwh: 30
  },
  {
    title: "a dial set back in the middle of a day, and above its start by the next, has no kWh on that day",
    files: ["06-01 00:00 10, 06-01 12:00 0, 06-02 00:00 30, 06-03 00:00 35"],
    halfHours: 48,
    kwh: 5
  },
  {
    title: "of one instant the actual read beats the estimate of the same file",
    files: ["06-01 100, 06-11 150 E, 06-11 140"],
    halfHours: 480,
    kwh: 40
  },
  {
    title: "of one instant the word issued last stands, estimated or not",
    files: ["06-01 100, 06-11 140", "06-11 145", "06-11 130 E"],
    halfHours: 480,
    kwh: 30,
    estimated: 30
  }
];

test("what reads of a meter come to", async () => {
  const meters = cases.map((_, index) => ({
    id: mpanOf(index + 1),
    site: `case-${index + 1}`,
    from: "2026-06-01",
    to: "2026-06-30"
  }));
  const c = new Canopy(await makeDataFolder(meters));
  await writeMetering(
    c.folder,
    "meters.csv",
    cases.flatMap(({meter}, index) => (meter === undefined ? [] : [`${mpanOf(index + 1)},${meter}`]))
  );
  for (const round of [2, 0, 1]) {
    const reads = cases.flatMap(({files}, index) => (files[round] ? readsIn(files[round], mpanOf(index + 1)) : []));
    const {rows_landed} = await c.bring(`reads-${round}.usr`, flowOfReads(`2026-07-0${round + 1} 09:00:00`, reads));
    expect(rows_landed).toBe(reads.length);
  }
  const found = await c.ask(
    `select
       m.site_id as title, coalesce(max(half_hours) filter (source = 'read pair'), 0) as "halfHours",
       coalesce(max(kwh) filter (source = 'read pair'), 0) as kwh, coalesce(any_value(e.estimated_kwh), 0) as estimated,
       sum(half_hours)::integer as known
     from marts.energy_by_source m left join marts.site_energy_monthly e using (site_id)
     group by m.site_id order by m.site_id`
  );
  const expected = cases.map(({halfHours, kwh, estimated = 0}, index) => ({
    title: `case-${index + 1}`,
    halfHours,
    kwh,
    estimated,
    known: 1440
  }));
  const titled = (rows: readonly object[]) =>
    rows
      .map(row => row as {title: string})
      .map(row => ({...row, title: cases[Number(row.title.slice(5)) - 1]?.title ?? row.title}))
      .sort((a, b) => a.title.localeCompare(b.title));
  expect(titled(found)).toEqual(titled(expected));
});

test("half-hours between reads are counted on clock-change days: 94 over the weekend of March, 98 of October", async () => {
  const [spring, autumn] = [mpanOf(1), mpanOf(2)];
  const c = new Canopy(
    await makeDataFolder([
      {id: spring, site: "spring", from: "2026-03-28", to: "2026-03-29"},
      {id: autumn, site: "autumn", from: "2026-10-24", to: "2026-10-25"}
    ])
  );
  await c.bring(
    "reads.usr",
    flowOfReads("2026-10-27 09:00:00", [
      {mpan: spring, at: "2026-03-28", value: 100},
      {mpan: spring, at: "2026-03-30", value: 194},
      {mpan: autumn, at: "2026-10-24", value: 100},
      {mpan: autumn, at: "2026-10-26", value: 198}
    ])
  );
  expect(await sourcesOf(c, spring)).toEqual(["read pair 94 94"]);
  expect(await sourcesOf(c, autumn)).toEqual(["read pair 98 98"]);
  expect(
    await c.ask(
      "select settlement_date::date::varchar as date, consumption_kwh as kwh from marts.site_energy_daily order by all"
    )
  ).toEqual([
    {date: "2026-03-28", kwh: 48},
    {date: "2026-03-29", kwh: 46},
    {date: "2026-10-24", kwh: 48},
    {date: "2026-10-25", kwh: 50}
  ]);
});

test("a file that names no serial number is of the one that meters.csv has that day; the day is British", async () => {
  const [mpan] = [mpanOf(1)];
  const c = new Canopy(await makeDataFolder([{id: mpan, from: "2026-06-01", to: "2026-06-30"}]));
  await writeMetering(c.folder, "meters.csv", [`${mpan},OLD1,,5,,,,,2026-06-10`, `${mpan},NEW1,,5,2,,,2026-06-11,`]);
  // 23:30 UTC is 00:30 of the next day in June. 99,990 to 10 turns over: 20 in four days. The new dial counts double: 3 is 6.
  await c.bring(
    "index.csv",
    portalIndexFile(mpan, "Electricity", "kWh", [
      ["2026-05-31T23:30:00Z", 99_990],
      ["2026-06-05T00:30:00+01:00", 10],
      ["2026-06-11T00:30:00+01:00", 0],
      ["2026-06-21T00:30:00+01:00", 3]
    ])
  );
  expect(await sourcesOf(c, mpan)).toEqual(["read pair 672 26", "nothing 768 -"]);
  // Another file names the old serial number, and its final read on the day of the exchange: 10 to 22 in six days, by the register of the file.
  await c.bring("final.csv", portalIndexFile(mpan, "Electricity", "kWh", [["2026-06-11T00:10:00+01:00", 22]], "OLD1"));
  expect(await sourcesOf(c, mpan)).toEqual(["read pair 960 38", "nothing 480 -"]);
});

test("a reset set by a person ends one chain and begins another, estimated", async () => {
  const mpan = mpanOf(1);
  const c = new Canopy(await makeDataFolder([{id: mpan, knownAs: "CH-7", from: "2026-06-01", to: "2026-06-30"}]));
  const reset = "NPC:,CH-7,NPD:,11/06/2026,00:00,0,39,COM:\r\n";
  const text =
    sigmaFile("CH-7", [
      ["01/06/2026", "00:00", 5000],
      ["06/06/2026", "00:00", 5050]
    ]) + reset;
  await c.bring("reads kWh.csv", text + sigmaFile("CH-7", [["21/06/2026", "00:00", 300]]));
  // 50 in five days; up to the reset nothing is known; 300 in ten days, estimated.
  expect(await sourcesOf(c, mpan)).toEqual(["read pair 720 350", "nothing 720 -"]);
  expect(await c.ask("select estimated_kwh from marts.site_energy_monthly")).toEqual([{estimated_kwh: 300}]);
});

test("a register in the name of the meter alone and one with a name are not added up", async () => {
  const mpan = mpanOf(1);
  const c = new Canopy(await makeDataFolder([{id: mpan, from: "2026-06-01", to: "2026-06-30"}]));
  await writeMetering(c.folder, "meters.csv", [`${mpan},K26Z00417,,5,,,,,`]);
  await c.bring(
    "flow.usr",
    flowOfReads("2026-06-22 09:00:00", [
      {mpan, at: "2026-06-01", value: 100},
      {mpan, at: "2026-06-21", value: 196}
    ])
  );
  await c.bring(
    "index.csv",
    portalIndexFile(mpan, "Electricity", "kWh", [
      ["2026-06-01T00:00:00+01:00", 100],
      ["2026-06-11T00:00:00+01:00", 148]
    ])
  );
  // 96 in twenty days by the register 01, of which the portal's 48 in ten are the half.
  expect(await sourcesOf(c, mpan)).toEqual(["read pair 960 96", "nothing 480 -"]);
});

test("reads of a meter that is not in the register are held, and land when it is added", async () => {
  const [known, unknown] = [mpanOf(1), mpanOf(2)];
  const c = new Canopy(await makeDataFolder([{id: known}]));
  await c.bring(
    "reads.usr",
    flowOfReads("2026-06-22 09:00:00", [
      {mpan: unknown, at: "2026-06-01", value: 100},
      {mpan: unknown, at: "2026-06-03", value: 196}
    ])
  );
  expect(await c.ask("select meter_key, why, days from marts.held_meters")).toEqual([
    {meter_key: unknown, why: "not in meter-points.csv", days: 2}
  ]);
  await writeFile(
    join(c.folder, "council", "meter-points.csv"),
    `meter_point_id,site_id,energy,known_as,valid_from,valid_to\n${unknown},town-hall,electricity,,2026-06-01,2026-06-02\n`
  );
  expect(await c.ask("select meter_key from marts.held_meters")).toEqual([]);
  expect(await sourcesOf(c, unknown)).toEqual(["read pair 96 96"]);
});
