import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, gasFile, periodFile, portalFile} from "../support/supplier-files.ts";
import {isAccountedFor, Yard} from "./yard.ts";

const [mpan] = mpans;
const issued = "02/10/26 07:00";
const date = "2026-09-01";
const counted = (count: number) => Array.from({length: count}, (_, index) => index + 1);
const dayOf = (index: number) => `2026-0${1 + Math.trunc(index / 28)}-${String(1 + (index % 28)).padStart(2, "0")}`;

/** A file with a row a day, each a flat 2 kWh but for its fourth cell. */
const fileOfCells = (cells: readonly string[]) =>
  portalFile(
    issued,
    cells.map((cell, index) => ({mpan, date: dayOf(index), cells: [...flat(2, 3), cell, ...flat(2, 44)]}))
  );

describe("a cell", () => {
  const numbers: Record<string, string> = {
    "4.5": "4.5",
    '"4.5"': "4.5",
    " 4.0 ": "4",
    "4.": "4",
    ".5": "0.5",
    "+4": "4",
    "-0": "0",
    "1e3": "1000",
    "1E-2": "0.01",
    "007": "7",
    "0": "0",
    "98765.125": "98765.125"
  };

  test("that is a number is that number, whether its file is read quickly or with care", async () => {
    const yard = await Yard.open();
    const cells = Object.keys(numbers);
    for (const more of [[], ["#REF!"]]) {
      const {days, load} = await yard.bring(fileOfCells([...cells, ...more]));
      expect(load).toMatchObject({rows_landed: cells.length + more.length, cells_rejected: more.length});
      const landed = cells.map((_, index) => days.get(`${mpan} ${dayOf(index)}`)?.[3]);
      expect(landed).toEqual(Object.values(numbers));
    }
  });

  test("that is no number costs its half-hour, is named with its row, and nothing else is lost", async () => {
    const yard = await Yard.open();
    const damaged = [
      '"4,5"',
      '"1,234.5"',
      "0x10",
      "1e400",
      "nan",
      "NaN",
      "inf",
      "-inf",
      "Infinity",
      "4.0 kWh",
      "#REF!",
      "#N/A",
      "TRUE",
      "４.５",
      "٤",
      "1 000",
      "4.0.0",
      "--4",
      "(4)",
      "£4",
      "4%",
      "NULL",
      "n/a",
      "-",
      "12:00",
      "01/09/26",
      "=1+1",
      "1__0",
      "4-",
      "O"
    ];
    const brought = await yard.bring(fileOfCells(damaged));
    expect(isAccountedFor(brought)).toBe(true);
    expect(brought.load).toMatchObject({rows_landed: damaged.length, cells_rejected: damaged.length});
    expect(brought.rejects).toEqual(
      damaged.map((cell, index) => ({row: 10 + index, rule: "cell", value: `02:00: ${cell.replaceAll('"', "")}`}))
    );
    for (const slots of brought.days.values()) expect(slots.slice(0, 5)).toEqual(["2", "2", "2", "-", "2"]);
  });

  test("that is empty is nothing: neither nought nor a fault", async () => {
    const yard = await Yard.open();
    const {days, load} = await yard.bring(fileOfCells(["", '""', "  "]));
    expect(load).toMatchObject({rows_landed: 3, cells_rejected: 0});
    for (const slots of days.values()) expect(slots[3]).toBe("-");
  });

  const landedFor = async (cell: string) => {
    const {days} = await (await Yard.open()).bring(fileOfCells([cell]));
    return days.get(`${mpan} ${dayOf(0)}`)?.[3];
  };

  test("with an underscore within is no number", async () => expect(await landedFor("1_000")).toBe("-"));

  test("with a zero byte within is no number", async () => expect(await landedFor("1\x005")).toBe("-"));

  test("that is a sentinel of a smart meter is no reading", async () => {
    expect([await landedFor("4294967.295"), await landedFor("16777.215")]).toEqual(["-", "-"]);
  });

  test("that no meter could hold does not stop the build for all others", async () => {
    const c = new Canopy(await makeDataFolder());
    await c.bring("huge.csv", fileOfCells(["4", "1e15"]));
    expect(await c.day(mpan, dayOf(0))).toEqual(["2", "2", "2", "4", ...flat("2", 44)]);
  });
});

describe("a meter's number", () => {
  const rows = (texts: readonly string[]) =>
    portalFile(
      issued,
      texts.map((text, index) => ({mpan: text, date: dayOf(index), cells: flat(index + 1)}))
    );

  test("is known with its spaces, its quotes and its top line", async () => {
    const yard = await Yard.open();
    const texts = [
      "16 0000 0000 010",
      "\u00a01600000000010\u00a0",
      '"1600000000010"',
      "1600000000010 ",
      "008451001600000000010".slice(-21)
    ];
    const {load, days} = await yard.bring(rows(texts));
    expect(load).toMatchObject({rows_landed: texts.length});
    expect([...days.keys()].map(day => day.split(" ")[0])).toEqual(texts.map(() => mpan));
  });

  test("is refused where it is none, with the row", async () => {
    const yard = await Yard.open();
    const texts = [
      "",
      " ",
      "160000000001",
      "1600000000011",
      "1.6E+12",
      "1.6e12",
      "'1600000000010",
      "1600000000010-E1",
      "0000000000000".slice(1),
      "#REF!",
      "1".repeat(22),
      "１６００００００００010",
      "0x1748",
      "__proto__",
      "'; drop table raw.meter_days; --",
      "\u202e0100000000061",
      "1600000000010.0"
    ];
    const {load, rejects} = await yard.bring(rows(texts));
    expect(load).toMatchObject({rows_landed: 0, rows_rejected: texts.length});
    expect(rejects.map(({row, rule}) => `${row} ${rule}`)).toEqual(texts.map((_, index) => `${10 + index} meter`));
  });

  test("of thirteen noughts is none", async () => {
    const {load} = await (await Yard.open()).bring(rows(["0000000000000"]));
    expect(load).toMatchObject({rows_landed: 0, rows_rejected: 1});
  });
});

describe("a date", () => {
  const landed = async (yard: Yard, dates: readonly string[]) => {
    const file = portalFile(
      issued,
      dates.map((_, index) => ({mpan, date: dayOf(index), cells: flat(index)}))
    );
    const lines = file
      .split("\n")
      .map((line, index) => (index < 9 || line === "" ? line : line.replace(/\d\d\/\d\d\/26/, dates[index - 9] ?? "")));
    return yard.bring(lines.join("\n"));
  };

  test("that is none, or in another form, rejects its row", async () => {
    const dates = [
      "31/02/26",
      "29/02/25",
      "00/09/26",
      "01-09-26",
      "01/09/26 00:00",
      "46266",
      "01/09",
      "",
      "infinity",
      "epoch",
      "now",
      "today",
      "01/09/0026",
      "1 Sep 26",
      "01/09/26x",
      "３１/08/26"
    ];
    const {load, rejects, days} = await landed(await Yard.open(), dates);
    expect([...days.keys()]).toEqual([]);
    expect(load).toMatchObject({rows_rejected: dates.length});
    expect(new Set(rejects.map(({rule}) => rule))).toEqual(new Set(["date", "date range"]));
  });

  test("with the month first, which no other date of the file contradicts, refuses the file: the rest may be so too", async () => {
    const {load, days} = await landed(await Yard.open(), ["10/31/26", "01/09/26"]);
    expect([...days.keys()]).toEqual([]);
    expect(load).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("can only be month/day, such as 10/31/26")
    });
  });

  test("as a spreadsheet writes its own, the year first, is that date in any layout: no other form can be taken for it", async () => {
    const {days, load} = await landed(await Yard.open(), [
      "2026-09-01",
      "2026-09-02 00:00:00",
      "2026-13-01",
      "2026-09-04 00:30:00"
    ]);
    expect([...days.keys()].sort()).toEqual([`${mpan} 2026-09-01`, `${mpan} 2026-09-02`]);
    expect(load).toMatchObject({rows_rejected: 2});
  });

  test("on 29 February lands in a leap year", async () => {
    const {days} = await landed(await Yard.open(), ["29/02/24"]);
    expect([...days.keys()]).toEqual([`${mpan} 2024-02-29`]);
  });

  test("of two digits where four belong, of the year 26, or still to come, is out of range", async () => {
    const yard = await Yard.open();
    const file = (text: string) => periodFile([{mpan, date, period: 1, kwh: 3}]).replace("01/09/2026", text);
    for (const text of ["01/09/26", "01/09/0026", "01/09/1926", "05/11/2026", "01/09/2060", "01/09/9999"])
      expect({text, verdict: await yard.verdict(file(text))}).toEqual({text, verdict: "0 of 1 landed; 3 date range"});
  });

  test("of issue that is still to come does not put a file before every correction", async () => {
    const c = new Canopy(await makeDataFolder());
    await c.bring("first.csv", portalFile("31/12/68 07:00", [{mpan, date, cells: flat(1)}]));
    await c.bring("corrected.csv", portalFile("30/10/26 07:00", [{mpan, date, cells: flat(2)}]));
    expect(await c.day(mpan, date)).toEqual(flat("2"));
  });
});

describe("a settlement period", () => {
  test("that is no whole number places no reading", async () => {
    const yard = await Yard.open();
    const file = periodFile([
      {mpan, date, period: 1, kwh: 3},
      {mpan, date, period: 1.5, kwh: 7}
    ]);
    expect(await yard.verdict(file)).toBe("1 of 2 landed; 4 half-hour");
  });

  test("past the end of the day, nought or below places no reading", async () => {
    const yard = await Yard.open();
    const periods = [0, -1, 49, 50, 51, 99_999_999_999];
    const {load, days} = await yard.bring(periodFile(periods.map(period => ({mpan, date, period, kwh: 3}))));
    expect(load).toMatchObject({rows_landed: 0, rows_rejected: periods.length});
    expect(days.size).toBe(0);
  });
});

describe("a row's own total", () => {
  const gas = (total: string) =>
    gasFile([{mprn: "9100000001", date: "2026-06-22", unit: "KWH", total, cells: flat(2)}]);

  test("that differs rejects the row", async () => {
    expect(await (await Yard.open()).verdict(gas("97"))).toBe("0 of 1 landed; 2 row total");
  });

  test("that cannot be read is not taken for agreement", async () => {
    expect(await (await Yard.open()).verdict(gas('"1,000"'))).toMatch(/^0 of 1 landed/);
  });
});

describe("the two passes of 01:00 to 02:00 in autumn, in rows of readings", () => {
  const file = (stamps: readonly (readonly [string, number])[]) =>
    [
      "MPR,ReadDatetime,kWh,ReadType",
      ...stamps.map(([time, kwh]) => `${mpan},25 Oct 2026 ${time}:00,${kwh},Actual`),
      ""
    ].join("\n");
  const night = [
    ["00:30", 1],
    ["01:00", 2],
    ["01:30", 3],
    ["02:00", 4],
    ["01:30", 5],
    ["02:00", 6],
    ["02:30", 7]
  ] as const;
  const slots = async (stamps: readonly (readonly [string, number])[]) =>
    (await (await Yard.open()).bring(file(stamps))).days.get(`${mpan} 2026-10-25`)?.slice(0, 7);
  const right = ["1", "2", "3", "4", "5", "6", "7"];

  test("land in the order of the file", async () => expect(await slots(night)).toEqual(right));
  test("are not made up from a row that stands twice", async () => {
    expect(await slots(night.flatMap(row => [row, row]))).toEqual(right);
  });
  test("are not made up from rows that stand twice where there is one pass", async () => {
    const onePass = [night[0], night[1], night[2], night[2], night[3], night[3], night[6]];
    expect(await slots(onePass)).toEqual(["1", "2", "3", "4", "-", "-", "7"]);
  });
});

describe("a number that numbers the rows", () => {
  const labels = counted(48).map(
    half => `${String(Math.trunc(half / 2) % 24).padStart(2, "0")}${half % 2 === 1 ? "30" : "00"}`
  );
  const file = (ids: readonly string[]) =>
    [
      ["given_id,site_name,energy_type,date", ...labels].join(),
      ...ids.map((id, index) => [id, "School", "kwh", `2017-01-0${index + 1}T00:00:00`, ...flat(1)].join()),
      ""
    ].join("\n");

  test("and is out of step rejects its row", async () => {
    const yard = await Yard.open();
    for (const id of ["33", "", "x", "-3", "3.7"])
      expect({id, verdict: await yard.verdict(file(["1", "2", id, "4"]))}).toEqual({
        id,
        verdict: "3 of 4 landed; 4 daily sequence"
      });
  });

  test("and is very large rejects its row, not its file", async () => {
    expect(await (await Yard.open()).verdict(file(["1", "2", "99999999999999", "4"]))).toBe(
      "3 of 4 landed; 4 daily sequence"
    );
  });
});
