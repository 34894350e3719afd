import {describe, expect, test} from "vitest";
import {mpans} from "../support/data-folder.ts";
import {
  busy,
  busyDay,
  clock,
  councilWith,
  daysOf,
  labelsOf,
  layoutOf,
  outcomeOf,
  periodsOf,
  sum
} from "../support/forms.ts";

const [mpan, other, third] = mpans;
const day = sum(busyDay());
const lines = (header: string, rows: readonly string[]) => `${[header, ...rows].join("\n")}\n`;

test("a busy day is 28 half-hours of 1.5, 20 of 4 and 24 sixteenths", () => {
  expect(day).toBe(28 * 1.5 + 20 * 4 + 24 * 0.0625);
  expect(day).toBe(123.5);
});

describe("labels that stand for the other end of their half-hour", () => {
  const stamped = (stamp: string, more: object = {}) =>
    layoutOf("stamped", {
      columns: ["MPAN", "Read at", "kWh"],
      meter: {column: "MPAN", kind: "mpan"},
      date: {column: "Read at", formats: ["%d/%m/%Y %H:%M"]},
      shape: {rows: "reading", quantity: "kWh", placed_by: {stamp, ...more}}
    });
  const rows = (id: string, date: string, labels: readonly string[]) =>
    labels.map((label, index) => `${id},${date} ${label},${busy(index + 1)}`);
  const file = (...parts: readonly (readonly string[])[]) => lines("MPAN,Read at,kWh", parts.flat());
  const starts = labelsOf(30);

  test("whole days from 00:00 to 23:30 are no ends: the file is refused with the word to put, and lands by it", async () => {
    const text = file(
      rows(mpan, "13/01/2026", starts),
      rows(mpan, "14/01/2026", starts),
      rows(other, "13/01/2026", starts)
    );
    const refused = await (await councilWith([stamped("end")])).bring("jan.csv", text);
    expect(outcomeOf(refused)).toMatch(
      /^refused: its labels run in whole days from 00:00 to 23:30, as starts do.*put "start" for "stamp"/
    );
    const canopy = await councilWith([stamped("start")]);
    expect(outcomeOf(await canopy.bring("jan.csv", text))).toBe("144 landed, 0 rejected, 0 skipped");
    expect(await daysOf(canopy)).toEqual([
      `${mpan} 2026-01-13 123.5 kWh in 48`,
      `${mpan} 2026-01-14 123.5 kWh in 48`,
      `${other} 2026-01-13 123.5 kWh in 48`
    ]);
  });

  test("whole days from 00:30 to 00:00 are no starts, on the day the clocks go back too", async () => {
    const ends = [...starts.slice(1).map(label => `25/10/2026 ${label}`), "26/10/2026 00:00"];
    const autumn = [...ends.slice(0, 3), ...ends.slice(1, 3), ...ends.slice(3)];
    const text = lines(
      "MPAN,Read at,kWh",
      autumn.map((label, index) => `${mpan},${label},${index + 1}.5`)
    );
    expect(outcomeOf(await (await councilWith([stamped("start")])).bring("oct.csv", text))).toMatch(
      /^refused: its labels run in whole days from 00:30 to 00:00, as ends do/
    );
    const canopy = await councilWith([stamped("end")]);
    await canopy.bring("oct.csv", text);
    expect(await daysOf(canopy)).toEqual([`${mpan} 2026-10-25 1300 kWh in 50`]);
  });

  test("a part of a day says nothing, nor does a file in which one meter's labels fit; a sender that cuts by label says so", async () => {
    const canopy = await councilWith([stamped("end")]);
    expect(outcomeOf(await canopy.bring("part.csv", file(rows(mpan, "13/01/2026", starts.slice(0, 40)))))).toBe(
      "40 landed, 0 rejected, 0 skipped"
    );
    const fitting = [...rows(other, "13/01/2026", starts.slice(1)), `${other},14/01/2026 00:00,1`];
    expect(outcomeOf(await canopy.bring("two.csv", file(rows(mpan, "13/01/2026", starts), fitting)))).toBe(
      "96 landed, 0 rejected, 0 skipped"
    );
    const cut = await councilWith([stamped("end", {cut_by: "label"})]);
    expect(outcomeOf(await cut.bring("cut.csv", file(rows(mpan, "13/01/2026", starts))))).toBe(
      "48 landed, 0 rejected, 0 skipped"
    );
  });
});

describe("what a register stood at", () => {
  const register = (measure: object) =>
    layoutOf("register", {
      columns: ["MPAN", "Read at", "Reading"],
      meter: {column: "MPAN", kind: "mpan"},
      date: {column: "Read at", formats: ["%d/%m/%Y %H:%M"]},
      shape: {rows: "reading", quantity: "Reading", placed_by: {stamp: "start"}},
      ...measure
    });
  const counter = {measure: {is: "counter"}};
  /** Readings at the start of each half-hour of two days and at their end, from 812,000 on; `change` alters what is shown. */
  const shown = (change: (value: number, index: number) => number | null = value => value) =>
    Array.from({length: 97}, (_, index) => {
      const used = Array.from({length: index}, (__, n) => busy((n % 48) + 1));
      return change(812_000 + sum(used), index);
    });
  const file = (values: readonly (number | null)[], id: string = mpan) =>
    lines(
      "MPAN,Read at,Reading",
      values.flatMap((value, index) =>
        value === null ? [] : [`${id},${13 + Math.trunc(index / 48)}/01/2026 ${clock((30 * index) % 1440)},${value}`]
      )
    );

  test("is no consumption: a file of it is refused, and its differences land where the layout says so", async () => {
    const refused = await (await councilWith([register({})])).bring("reg.csv", file(shown(value => value - 807_000)));
    expect(outcomeOf(refused)).toMatch(
      /^refused: these are readings of a register, not consumption: 1600000000010 only rises, from 5,000 .*"measure": {"is": "counter"}/
    );
    const canopy = await councilWith([register(counter)]);
    expect(outcomeOf(await canopy.bring("reg.csv", file(shown())))).toBe("97 landed, 0 rejected, 0 skipped");
    expect(await daysOf(canopy)).toEqual([`${mpan} 2026-01-13 123.5 kWh in 48`, `${mpan} 2026-01-14 123.5 kWh in 48`]);
    expect((await canopy.day(mpan, "2026-01-13")).slice(0, 2)).toEqual(["1.5625", "1.5"]);
  });

  test("of one meter among others is set aside, and the others land", async () => {
    const flat = Array.from({length: 97}, (_, index) => (index % 48 < 20 ? 1 : 2));
    const text = `${file(shown(value => value - 811_000))}${file(flat, other).split("\n").slice(1).join("\n")}`;
    const canopy = await councilWith([register({})]);
    expect(outcomeOf(await canopy.bring("two.csv", text))).toBe("97 landed, 97 rejected, 0 skipped");
    expect(await daysOf(canopy)).toEqual([
      `${other} 2026-01-13 76 kWh in 48`,
      `${other} 2026-01-14 76 kWh in 48`,
      `${other} 2026-01-15 1 kWh in 1`
    ]);
  });

  test("a load that never changes, and a morning that only rises, are consumption", async () => {
    const canopy = await councilWith([register({})]);
    const flat = await canopy.bring("flat.csv", file(shown(() => 0.5)));
    const rising = await canopy.bring(
      "rising.csv",
      file(
        shown((_value, index) => (index < 48 ? 0.1 + index / 10 : null)),
        other
      )
    );
    expect([outcomeOf(flat), outcomeOf(rising)]).toEqual([
      "97 landed, 0 rejected, 0 skipped",
      "48 landed, 0 rejected, 0 skipped"
    ]);
  });

  test("a missing read leaves the sum of its gap, and no half-hour within it", async () => {
    const canopy = await councilWith([register(counter)]);
    await canopy.bring("gap.csv", file(shown((value, index) => (index > 20 && index < 24 ? null : value))));
    expect(await daysOf(canopy)).toEqual([
      `${mpan} 2026-01-13 107.375 kWh in 44`,
      `${mpan} 2026-01-14 123.5 kWh in 48`
    ]);
    expect(await periodsOf(canopy)).toEqual([`${mpan} 2026-01-13 10:00 to 2026-01-13 12:00 16.125 kWh`]);
  });

  test("a counter that shows zero and comes back has restarted; one that starts anew goes on from there", async () => {
    const canopy = await councilWith([register(counter)]);
    const restarted = await canopy.bring(
      "zero.csv",
      file(shown((value, index) => (index >= 40 && index < 43 ? 0 : value)))
    );
    expect(outcomeOf(restarted)).toBe("94 landed, 3 rejected, 0 skipped");
    expect(await periodsOf(canopy)).toEqual([`${mpan} 2026-01-13 19:30 to 2026-01-13 21:30 6.125 kWh`]);
    const anew = await canopy.bring(
      "anew.csv",
      file(
        shown((value, index) => (index < 48 ? value : value - 812_100)),
        other
      )
    );
    expect(outcomeOf(anew)).toBe("97 landed, 0 rejected, 0 skipped");
    expect((await daysOf(canopy)).filter(each => each.startsWith(other))).toEqual([
      `${other} 2026-01-13 122 kWh in 47`,
      `${other} 2026-01-14 123.5 kWh in 48`
    ]);
  });
});

describe("power is no energy", () => {
  const header = `MPAN,Date,${labelsOf(30).join(",")}`;
  const rows = [`${mpan},13/01/2026,${busyDay().join(",")}`];
  const days = {
    columns: ["MPAN", "Date", {half_hours: [{name: "{HH:mm}", holds: "quantity"}], count: 48}],
    meter: {column: "MPAN", kind: "mpan"}
  };

  test("kW of half-hours in columns: half as many kWh", async () => {
    const canopy = await councilWith([layoutOf("kw", {...days, measure: {is: "mean power"}})]);
    await canopy.bring("kw.csv", lines(header, rows));
    expect(await daysOf(canopy)).toEqual([`${mpan} 2026-01-13 61.75 kWh in 48`]);
  });

  test("by the words of a column: kW rows are halved, kWh rows are not, kVA rows are passed over, others are named", async () => {
    const canopy = await councilWith([
      layoutOf("mixed", {
        ...days,
        columns: ["MPAN", "Kind", ...days.columns.slice(1)],
        measure: {column: "Kind", means: {"Demand (kW)": "mean power", "Energy (kWh)": "interval", kVA: "drop"}}
      })
    ]);
    const row = (id: string, kind: string) => `${id},${kind},13/01/2026,${busyDay().join(",")}`;
    const load = await canopy.bring(
      "mixed.csv",
      lines(header.replace("MPAN,", "MPAN,Kind,"), [
        row(mpan, "Demand (kW)"),
        row(other, "Energy (kWh)"),
        row(third, "kVA"),
        row(third, "kvar")
      ])
    );
    expect(outcomeOf(load)).toBe("2 landed, 1 rejected, 1 skipped");
    expect(await daysOf(canopy)).toEqual([`${mpan} 2026-01-13 61.75 kWh in 48`, `${other} 2026-01-13 123.5 kWh in 48`]);
    expect(await canopy.live("select rule, value from ops.rejects")).toEqual([
      {rule: "measure", value: '"kvar" means nothing in the layout'}
    ]);
  });

  test("kW of quarter-hours: a quarter as many, added up to half-hours", async () => {
    const canopy = await councilWith([
      layoutOf("quarters", {
        columns: ["MPAN", "At", "kW"],
        meter: {column: "MPAN", kind: "mpan"},
        date: {column: "At", formats: ["%d/%m/%Y %H:%M"]},
        shape: {rows: "reading", quantity: "kW", placed_by: {stamp: "start"}},
        interval: 15,
        measure: {is: "mean power"}
      })
    ]);
    const quarters = labelsOf(15).map((label, index) => `${mpan},13/01/2026 ${label},${index % 2 === 0 ? 2 : 4}`);
    const load = await canopy.bring(
      "q.csv",
      lines("MPAN,At,kW", [...quarters.slice(0, 95), `${mpan},14/01/2026 00:15,9`])
    );
    expect(outcomeOf(load)).toBe("94 landed, 2 rejected, 0 skipped");
    expect(await daysOf(canopy)).toEqual([`${mpan} 2026-01-13 70.5 kWh in 47`]);
  });
});

describe("what stands outside the table", () => {
  const header = `Date,${labelsOf(30).join(",")},Total`;
  const rows = (times = 1) =>
    ["13/01/2026", "14/01/2026"].map(date => [date, ...busyDay(times), 123.5 * times].join(","));
  const columns = ["Date", {half_hours: [{name: "{HH:mm}", holds: "quantity"}], count: 48}, "Total"];
  const checks = {row_total: {column: "Total", tolerance: 0.05}};
  const above = {name: "Supply", in: "lines above", matches: "^Supply: (\\d+)"};
  const quantity = {name: "Quantity", in: "lines above", matches: "^Quantity,(\\w+)", or: "AI"};

  test("the quantity above the table is its direction; reactive is passed over", async () => {
    const canopy = await councilWith([
      layoutOf("above", {
        columns,
        checks,
        outside: [above, quantity],
        meter: {column: "Supply", kind: "mpan"},
        channel: {column: "Quantity", means: {AI: "import", AE: "export", RI: "drop"}}
      })
    ]);
    const file = (id: string, word: string) => lines(`Supply: ${id}\nQuantity,${word}\n\n${header}`, rows());
    expect(outcomeOf(await canopy.bring("ai.csv", file(mpan, "AI")))).toBe("2 landed, 0 rejected, 0 skipped");
    expect(outcomeOf(await canopy.bring("ri.csv", file(mpan, "RI")))).toBe("0 landed, 0 rejected, 2 skipped");
    expect(outcomeOf(await canopy.bring("ae.csv", file(other, "AE")))).toBe("2 landed, 0 rejected, 0 skipped");
    expect(outcomeOf(await canopy.bring("none.csv", lines(`Supply: ${third}\n${header}`, rows(2))))).toBe(
      "2 landed, 0 rejected, 0 skipped"
    );
    expect(outcomeOf(await canopy.bring("odd.csv", lines(`Reading of ${mpan}\n${header}`, rows(3))))).toBe(
      'refused: the layout above finds "Supply" in the lines above the header; it is not there'
    );
    expect(await daysOf(canopy)).toEqual([
      `${mpan} 2026-01-13 123.5 kWh in 48`,
      `${mpan} 2026-01-14 123.5 kWh in 48`,
      `${other} 2026-01-13 123.5 kWh in 48 export`,
      `${other} 2026-01-14 123.5 kWh in 48 export`,
      `${third} 2026-01-13 247 kWh in 48`,
      `${third} 2026-01-14 247 kWh in 48`
    ]);
  });

  test("tables under one another are refused where the layout has one, and read where it says they are stacked", async () => {
    const one = {columns, checks, outside: [above], meter: {column: "Supply", kind: "mpan"}};
    const text = `Supply: ${mpan} (Hall)\n${lines(header, rows())}\nSupply: ${other} (Baths)\n${lines(header, rows(2))}\nPrinted twice\nSupply: ${third}\n${lines(header, rows(0.5))}`;
    expect(outcomeOf(await (await councilWith([layoutOf("one", one)])).bring("all.csv", text))).toMatch(
      /^refused: 3 tables stand under one another in it, the next for "1600000000029": put "tables": "stacked"/
    );
    const canopy = await councilWith([layoutOf("stacked", {...one, tables: "stacked"})]);
    expect(outcomeOf(await canopy.bring("all.csv", text))).toBe("6 landed, 0 rejected, 0 skipped");
    expect((await daysOf(canopy)).filter(each => each.includes("01-14"))).toEqual([
      `${mpan} 2026-01-14 123.5 kWh in 48`,
      `${other} 2026-01-14 247 kWh in 48`,
      `${third} 2026-01-14 61.75 kWh in 48`
    ]);
  });

  test("the name of the file, with the patterns that its unit goes by", async () => {
    const canopy = await councilWith([
      layoutOf("utility", {
        columns,
        outside: [
          {name: "Utility", in: "file name", matches: "_(electricity|gas)_"},
          {name: "Place", in: "file name", matches: "^(\\w+?)_"}
        ],
        meter: {column: "Place", kind: "name"},
        unit: {column: "Utility", means: {"^elec": "kWh", gas: "m3"}, are_patterns: true}
      })
    ]);
    await canopy.bring("Baths_electricity_jan.csv", lines(header, rows()));
    await canopy.bring("Annex_GAS_jan.csv", lines(header, rows(2)));
    expect((await daysOf(canopy)).filter(each => each.includes("01-13"))).toEqual([
      "name:Annex 2026-01-13 247 m3 in 48",
      "name:Baths 2026-01-13 123.5 kWh in 48"
    ]);
  });

  test("rows under headings: each is of the site, meter and channel above it", async () => {
    const canopy = await councilWith([]);
    const channel = (id: string, times: number) => [
      `CHN:<channelID>,${id}`,
      ...["13/01/2026", "14/01/2026"].map(date => ["PCH:", date, 0, ...busyDay(times)].join(",")),
      "COM:"
    ];
    const text = [
      "SIT:<name>,Baths",
      "MET:<name>,E1",
      ...channel(mpan, 1),
      "MET:<name>,G1",
      ...channel("9100000001", 2),
      "SIT:<name>,Annex",
      "MET:<name>,E2",
      ...channel(other, 3),
      ""
    ].join("\n");
    expect(outcomeOf(await canopy.bring("periodic.csv", text))).toBe("6 landed, 0 rejected, 0 skipped");
    expect((await daysOf(canopy)).filter(each => each.includes("01-13"))).toEqual([
      `${mpan} 2026-01-13 123.5 kWh in 48`,
      `${other} 2026-01-13 370.5 kWh in 48`,
      "9100000001 2026-01-13 247 metered in 48"
    ]);
  });
});
