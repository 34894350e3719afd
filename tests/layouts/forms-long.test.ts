import {describe, expect, test} from "vitest";
import {mpans} from "../support/data-folder.ts";
import {clock, councilWith, daysOf, labelsOf, layoutOf, outcomeOf, periodsOf} from "../support/forms.ts";

const [mpan, other] = mpans;
const gas = "9100000001";
const lines = (...rows: readonly string[]) => `${rows.join("\n")}\n`;
const byDate = (quantity: string) => ({rows: "reading", quantity, placed_by: {date: "alone"}});

describe("months", () => {
  const byMonth = layoutOf("months", {
    columns: ["Place", "Supply", {each: "Month", matches: "^[a-z]{3}-\\d\\d$", holds: "Used"}, "Year kWh"],
    meter: {column: "Supply", kind: "mpxn"},
    date: {column: "Month", formats: ["%b-%y"]},
    shape: byDate("Used"),
    interval: "month"
  });

  test("a column each: every cell is a period of its own, an empty one is none, and the total is no month", async () => {
    const canopy = await councilWith([byMonth], [{id: mpan}, {id: gas, energy: "gas"}] as never);
    const load = await canopy.bring(
      "year.csv",
      lines("Place,Supply,Feb-26,Mar-26,Apr-26,Year kWh", `Hall,${mpan},280,310,,590`, `Hall,${gas},1000,,700,1700`)
    );
    expect(outcomeOf(load)).toBe("4 landed, 0 rejected, 0 skipped");
    expect(await periodsOf(canopy)).toEqual([
      `${mpan} 2026-02-01 00:00 to 2026-03-01 00:00 280 kWh`,
      `${mpan} 2026-03-01 00:00 to 2026-04-01 00:00 310 kWh`,
      `${gas} 2026-02-01 00:00 to 2026-03-01 00:00 1000 kWh`,
      `${gas} 2026-04-01 00:00 to 2026-05-01 00:00 700 kWh`
    ]);
    expect(
      await canopy.ask(
        "select energy, month::date::varchar as month, round(consumption_kwh, 4)::double as kwh from marts.site_energy_monthly order by all"
      )
    ).toEqual([
      {energy: "electricity", month: "2026-02-01", kwh: 280},
      {energy: "electricity", month: "2026-03-01", kwh: 310},
      {energy: "gas", month: "2026-02-01", kwh: 1000},
      {energy: "gas", month: "2026-04-01", kwh: 700}
    ]);
    const covered = await canopy.ask<{period_half_hours: number; present_half_hours: number}>(
      `select period_half_hours, present_half_hours from marts.data_coverage where meter_point_id = '${mpan}' and month in ('2026-02-01', '2026-03-01') order by month`
    );
    expect(covered).toEqual([
      {period_half_hours: 48 * 28, present_half_hours: 0},
      {period_half_hours: 48 * 31 - 2, present_half_hours: 0}
    ]);
    expect(await canopy.ask("select * from marts.meter_days")).toEqual([]);
  });

  test("a year later the columns are other months, and a month stated again is corrected", async () => {
    const canopy = await councilWith([byMonth]);
    await canopy.bring("first.csv", lines("Place,Supply,Feb-26,Year kWh", `Hall,${mpan},280,280`));
    await canopy.bring(
      "second.csv",
      lines("Place,Supply,Feb-26,Mar-26,May-26,Year kWh", `Hall,${mpan},290,310,50,650`)
    );
    expect(
      await canopy.ask(
        "select month::date::varchar as month, round(consumption_kwh, 4)::double as kwh from marts.site_energy_monthly order by all"
      )
    ).toEqual([
      {month: "2026-02-01", kwh: 290},
      {month: "2026-03-01", kwh: 310},
      {month: "2026-05-01", kwh: 50}
    ]);
  });

  test("a row each, with estimates; half-hours that are read go before them", async () => {
    const canopy = await councilWith([
      layoutOf("rows", {
        columns: ["Supply", "Month", "kWh", "How"],
        meter: {column: "Supply", kind: "mpan"},
        date: {column: "Month", formats: ["%B %Y"]},
        shape: byDate("kWh"),
        interval: "month",
        status: {column: "How", means: {A: "actual", E: "estimated"}}
      }),
      layoutOf("days", {
        columns: ["Supply", "Date", {half_hours: [{name: "{HH:mm}", holds: "quantity"}], count: 48}],
        meter: {column: "Supply", kind: "mpan"}
      })
    ]);
    await canopy.bring(
      "rows.csv",
      lines(
        "Supply,Month,kWh,How",
        `${mpan},April 2026,1440,E`,
        `${mpan},June 2026,720,A`,
        `${other},April 2026,nothing,A`
      )
    );
    await canopy.bring(
      "days.csv",
      lines(`Supply,Date,${labelsOf(30).join(",")}`, `${mpan},10/04/2026,${Array(48).fill(2)}`)
    );
    expect(
      await canopy.ask(
        "select month::date::varchar as month, round(consumption_kwh, 4)::double as kwh, round(estimated_kwh, 4)::double as estimated from marts.site_energy_monthly order by all"
      )
    ).toEqual([
      {month: "2026-04-01", kwh: 29 * 48 + 96, estimated: 29 * 48},
      {month: "2026-06-01", kwh: 720, estimated: 0}
    ]);
    expect(await canopy.live("select rule, value from ops.rejects")).toEqual([{rule: "cell", value: "nothing"}]);
  });
});

describe("reads of a dial", () => {
  const dial = layoutOf("dial", {
    feed: "register-reads",
    columns: ["Place", "Serial", "Supply", "Read on", "Stood at", "By"],
    meter: {column: "Supply", kind: "mpxn"},
    date: {column: "Read on", formats: ["%d/%m/%Y"]},
    shape: byDate("Stood at"),
    interval: "between reads",
    measure: {is: "counter"},
    dial: {serial: "Serial"},
    status: {column: "By", means: {Caretaker: "actual", Guess: "estimated"}}
  });

  test("what is used lies between them, by serial number; the next meter begins anew", async () => {
    const canopy = await councilWith([dial]);
    const rows = [
      ["S1", "01/02/2026", "104500", "Caretaker"],
      ["S1", "01/03/2026", "104780", "Caretaker"],
      ["S1", "11/03/2026", "104880", "Guess"],
      ["S2", "11/03/2026", "5", "Caretaker"],
      ["S2", "01/04/2026", "215", "Caretaker"]
    ];
    const load = await canopy.bring(
      "reads.csv",
      lines(
        "Place,Serial,Supply,Read on,Stood at,By",
        ...rows.map(([serial, ...rest]) => ["Hall", serial, mpan, ...rest].join(","))
      ),
      {feed: "register-reads"}
    );
    expect(outcomeOf(load)).toBe("5 landed, 0 rejected, 0 skipped");
    expect(
      await canopy.ask(
        "select month::date::varchar as month, round(consumption_kwh, 4)::double as kwh, round(estimated_kwh, 4)::double as estimated from marts.site_energy_monthly order by all"
      )
    ).toEqual([
      {month: "2026-02-01", kwh: 280, estimated: 0},
      {month: "2026-03-01", kwh: 310, estimated: 100}
    ]);
  });

  test("several dials on one day are each their own; one of no number is named", async () => {
    const canopy = await councilWith([dial]);
    const load = await canopy.bring(
      "reads.csv",
      lines(
        "Place,Serial,Supply,Read on,Stood at,By",
        `Hall,S1,${mpan},01/02/2026,10,Caretaker`,
        `Hall,S2,${mpan},01/02/2026,20,Caretaker`,
        `Hall,S3,${mpan},01/02/2026,?,Caretaker`,
        `Hall,S3,${mpan},31/02/2026,4,Caretaker`
      ),
      {feed: "register-reads"}
    );
    expect(outcomeOf(load)).toBe("2 landed, 2 rejected, 0 skipped");
    expect(await canopy.live("select serial, value::double as value from raw.register_reads order by serial")).toEqual([
      {serial: "S1", value: 10},
      {serial: "S2", value: 20}
    ]);
  });
});

describe("hours, days and years", () => {
  const hourly = (more: object = {}) =>
    layoutOf("hourly", {
      columns: ["Point", "Hour", "kWh"],
      meter: {column: "Point", kind: "mpan"},
      date: {column: "Hour", formats: ["%Y-%m-%d %H:%M"]},
      shape: {rows: "reading", quantity: "kWh", placed_by: {stamp: "start"}},
      interval: 60,
      ...more
    });

  test("hours of the day the clocks go back are 25, each where it belongs, and none is halved", async () => {
    const canopy = await councilWith([hourly()]);
    const hours = [...labelsOf(60).slice(0, 2), "01:00", ...labelsOf(60).slice(2)];
    const load = await canopy.bring(
      "oct.csv",
      lines("Point,Hour,kWh", ...hours.map((hour, index) => `${mpan},2026-10-25 ${hour},${index + 1}`))
    );
    expect(outcomeOf(load)).toBe("25 landed, 0 rejected, 0 skipped");
    const held = await canopy.live<{at: string; quantity: number}>(
      "select strftime(starts_at, '%d %H:%M') as at, quantity::double as quantity from raw.periods order by starts_at"
    );
    expect(held.map(({at}) => at)).toEqual(["24 23:00", ...labelsOf(60).map(hour => `25 ${hour}`)]);
    expect(held.map(({quantity}) => quantity)).toEqual(Array.from({length: 25}, (_, index) => index + 1));
    expect(
      await canopy.ask("select round(consumption_kwh, 4)::double as kwh, closed_kwh from marts.site_energy_daily")
    ).toEqual([{kwh: 325, closed_kwh: null}]);
  });

  test("hours that are missing leave their half-hours missing: nothing is spread over them", async () => {
    const canopy = await councilWith([hourly()]);
    await canopy.bring(
      "part.csv",
      lines(
        "Point,Hour,kWh",
        ...labelsOf(60)
          .slice(0, 20)
          .map(hour => `${mpan},2026-06-10 ${hour},3`)
      )
    );
    expect(await canopy.ask("select round(consumption_kwh, 4)::double as kwh from marts.site_energy_daily")).toEqual([
      {kwh: 60}
    ]);
    expect(
      await canopy.ask(
        "select period_half_hours from marts.data_coverage where month = '2026-06-01' and period_half_hours > 0"
      )
    ).toEqual([{period_half_hours: 40}]);
  });

  test("mean kW of hours are their kWh; days and years are periods of theirs", async () => {
    const canopy = await councilWith([
      hourly({measure: {is: "mean power"}}),
      layoutOf("daily", {
        columns: ["Day", "Wh"],
        meter: "given",
        date: {column: "Day", formats: ["%d/%m/%Y"]},
        shape: byDate("Wh"),
        interval: "day",
        unit: {is: "Wh"}
      }),
      layoutOf("years", {
        columns: ["Supply", {each: "Year", matches: "^\\d{4}/\\d\\d$", holds: "kWh"}],
        meter: {column: "Supply", kind: "mpan"},
        date: {column: "Year", matches: "^(\\d{4})", formats: ["%Y"]},
        shape: byDate("kWh"),
        interval: "financial year"
      })
    ]);
    await canopy.bring("kw.csv", lines("Point,Hour,kWh", `${mpan},2026-06-10 05:00,3`));
    await canopy.bring("daily.csv", lines("Day,Wh", "11/06/2026,4500"), {meterPoint: mpan});
    await canopy.bring("years.csv", lines("Supply,2023/24,2024/25", `${other},1000,2000`));
    expect(await periodsOf(canopy)).toEqual([
      `${mpan} 2026-06-10 05:00 to 2026-06-10 06:00 3 kWh`,
      `${mpan} 2026-06-11 00:00 to 2026-06-12 00:00 4500 Wh`,
      `${other} 2023-04-01 00:00 to 2024-04-01 00:00 1000 kWh`,
      `${other} 2024-04-01 00:00 to 2025-04-01 00:00 2000 kWh`
    ]);
  });

  test("from one date to another: the last day is counted or not as the layout says, and a period that ends before it begins is none", async () => {
    const between = (last_day: string) =>
      layoutOf("between", {
        columns: ["Supply", "From", "To", "kWh"],
        meter: {column: "Supply", kind: "mpan"},
        date: {column: "From", formats: ["%d/%m/%Y"]},
        shape: {rows: "reading", quantity: "kWh", placed_by: {until: "To", last_day}},
        interval: "between dates"
      });
    const text = lines("Supply,From,To,kWh", `${mpan},01/02/2026,01/03/2026,28`, `${other},05/02/2026,04/02/2026,9`);
    const counted = await councilWith([between("counted")]);
    expect(outcomeOf(await counted.bring("b.csv", text))).toBe("1 landed, 1 rejected, 0 skipped");
    expect(await periodsOf(counted)).toEqual([`${mpan} 2026-02-01 00:00 to 2026-03-02 00:00 28 kWh`]);
    const not = await councilWith([between("not counted")]);
    await not.bring("b.csv", text);
    expect(await periodsOf(not)).toEqual([`${mpan} 2026-02-01 00:00 to 2026-03-01 00:00 28 kWh`]);
  });

  test("five and ten minutes are added up to half-hours; a quarter-hour of the repeated hour is in its own pass", async () => {
    const part = (interval: number) =>
      layoutOf(`every-${interval}`, {
        columns: ["Point", `At ${interval}`, "kWh"],
        meter: {column: "Point", kind: "mpan"},
        date: {column: `At ${interval}`, formats: ["%Y-%m-%d %H:%M"]},
        shape: {rows: "reading", quantity: "kWh", placed_by: {stamp: "start"}},
        interval
      });
    const canopy = await councilWith([part(5), part(10), part(15)]);
    const row = (id: string, date: string) => (label: string, index: number) =>
      `${id},${date} ${label},${index % 3 === 0 ? 0.5 : 0.25}`;
    await canopy.bring("five.csv", lines("Point,At 5,kWh", ...labelsOf(5).map(row(mpan, "2026-06-10"))));
    await canopy.bring("ten.csv", lines("Point,At 10,kWh", ...labelsOf(10).map(row(other, "2026-06-10"))));
    const autumn = [...labelsOf(15).slice(0, 8), ...labelsOf(15).slice(4, 8), ...labelsOf(15).slice(8)];
    await canopy.bring(
      "quarter.csv",
      lines("Point,At 15,kWh", ...autumn.map((label, index) => `${mpan},2026-10-25 ${label},${index}`))
    );
    expect(await daysOf(canopy)).toEqual([
      `${mpan} 2026-06-10 96 kWh in 48`,
      `${mpan} 2026-10-25 4950 kWh in 50`,
      `${other} 2026-06-10 48 kWh in 48`
    ]);
    expect((await canopy.day(mpan, "2026-10-25")).slice(0, 7)).toEqual(["1", "5", "9", "13", "17", "21", "25"]);
  });
});

describe("columns of meters, and times down the side", () => {
  test("each heading names a meter", async () => {
    const canopy = await councilWith([
      layoutOf("side", {
        columns: ["Date", "Time", {each: "Meter", matches: "^\\d{13}$", holds: "kWh"}],
        meter: {column: "Meter", kind: "mpan"},
        shape: {rows: "reading", quantity: "kWh", placed_by: {stamp: "start", time: "Time"}}
      })
    ]);
    const load = await canopy.bring(
      "side.csv",
      lines(`Date,Time,${mpan},${other}`, ...labelsOf(30).map((label, index) => `13/01/2026,${label},${index % 5},2`))
    );
    expect(outcomeOf(load)).toBe("96 landed, 0 rejected, 0 skipped");
    expect(await daysOf(canopy)).toEqual([`${mpan} 2026-01-13 93 kWh in 48`, `${other} 2026-01-13 96 kWh in 48`]);
  });

  test("each heading is a quarter of an hour: 96 of them make 48 half-hours", async () => {
    const canopy = await councilWith([
      layoutOf("wide", {
        columns: ["Supply", "Date", {each: "Time", matches: "^\\d\\d:\\d\\d$", holds: "kWh"}],
        meter: {column: "Supply", kind: "mpan"},
        shape: {rows: "reading", quantity: "kWh", placed_by: {stamp: "start", time: "Time"}},
        interval: 15
      })
    ]);
    await canopy.bring(
      "wide.csv",
      lines(`Supply,Date,${labelsOf(15).join(",")}`, `${mpan},13/01/2026,${labelsOf(15).map((_, index) => index % 4)}`)
    );
    expect(await daysOf(canopy)).toEqual([`${mpan} 2026-01-13 144 kWh in 48`]);
    expect((await canopy.day(mpan, "2026-01-13")).slice(0, 3)).toEqual(["1", "5", "1"]);
  });

  test("a header that lacks the run, or has a strange column, is refused", async () => {
    const canopy = await councilWith([
      layoutOf("side", {
        columns: ["Date", {each: "Meter", matches: "^\\d{13}$", holds: "kWh"}],
        meter: {column: "Meter", kind: "mpan"},
        shape: byDate("kWh"),
        interval: "day"
      })
    ]);
    for (const header of ["Date", `Date,${mpan},Notes`])
      expect(
        outcomeOf(
          await canopy.bring(
            `${header.length}.csv`,
            lines(header, `13/01/2026${",1".repeat(header.split(",").length - 1)}`)
          )
        )
      ).toMatch(/^refused: these column headings match no/);
    expect(clock(90)).toBe("01:30");
  });
});
