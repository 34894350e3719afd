import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {clockChangeOn} from "../../src/domain/british-clock.ts";
import {datesIn, stampIn} from "../../src/layouts/draft/dates.ts";
import {type Draft, draftLayout} from "../../src/layouts/draft/draft.ts";
import {tidyJson} from "../../src/layouts/draft/json.ts";
import {columnsOf, type Layout} from "../../src/layouts/layout.ts";
import {readLayouts} from "../../src/layouts/library.ts";
import {fileIn, readingsOf, written} from "../support/layout-files.ts";

const given = {name: "drafted", fileName: "october.csv", feed: "estate-energy"};
const [mpan, other] = ["1600000000010", "1600000000029"];

function drafted(text: string, fileName = given.fileName): Draft {
  const draft = draftLayout(text, {...given, fileName});
  if ("reason" in draft) throw new Error(draft.reason);
  return draft;
}
function reasonOf(text: string): string {
  const draft = draftLayout(text, given);
  return "reason" in draft ? draft.reason : "drafted";
}

/** Rows of days: the header's half-hours, then for each day its date and cells that hold half-hour n in tenths. */
const labels = Array.from(
  {length: 48},
  (_, n) => `${String(Math.trunc(n / 2)).padStart(2, "0")}:${n % 2 === 0 ? "00" : "30"}`
);
const tenths = (count = 48) => Array.from({length: count}, (_, n) => ((n + 1) / 10).toFixed(1));
const table = (header: readonly string[], ...rows: (readonly string[])[]) =>
  [header, ...rows].map(cells => `${cells.join(",")}\n`).join("");

/** What a draft is expected to take otherwise than the library does, where the header alone cannot tell. */
const otherwise: Readonly<Record<string, readonly string[]>> = {
  bam: ["meter"],
  banes: ["meter"],
  "clarity-reporting": ["meter", "date"],
  "digital-energy-serial": ["meter"],
  "eft-centrica-solar": ["meter"],
  "my-sefe-portal": ["shape"],
  "passiv-solar": ["clock"],
  siemens: ["meter", "date"],
  "site-meter-day-no-header": ["meter", "date"],
  "tgp-hh-manual-no-header": ["meter", "date"]
};
/** Stamps such as 00:30:00 Mon 01/02/2026 are in no format that a draft thinks of. */
const notDrafted = new Set(["asl-centrica-solar", "eft-solar"]);

const dates = ["2026-01-14", "2026-01-15", "2026-06-10", "2026-06-11", "2026-03-29", "2026-03-30"];
const readings = readingsOf(dates, (day, period) => Math.round(100 * day + 37 * period) / 100);
const tables = [...(await readLayouts(null)).values()].filter(
  ({unfold, headings}) => unfold === undefined && headings.length === 0
);

const meterColumn = ({meter}: Layout) => (typeof meter === "object" && "column" in meter ? meter.column : meter);
const quantities = (layout: Layout) =>
  columnsOf(layout).flatMap(({holds, halfHour}, index) => (holds === "quantity" ? [`${index} ${halfHour}`] : []));
const facts = (layout: Layout) => ({
  meter: meterColumn(layout),
  date: layout.date.column,
  shape: layout.shape,
  clock: layout.clock,
  quantities: quantities(layout)
});

describe("a file of every layout that canopy ships, drafted as though nobody knew it", () => {
  test.each(tables.map(layout => [layout.name, layout] as const))("%s", (name, layout) => {
    const draft = draftLayout(fileIn(layout, readings).text, {...given, fileName: `${name}.csv`});
    if (notDrafted.has(name))
      return expect(draft).toMatchObject({reason: expect.stringContaining("no column holds dates")});
    if ("reason" in draft) throw new Error(draft.reason);
    const [found, known] = [facts(draft.layout), facts(layout)];
    const except = otherwise[name] ?? [];
    for (const [part, fact] of Object.entries(known)) {
      if (except.includes(part)) expect([part, found[part as keyof typeof found]]).not.toEqual([part, fact]);
      else expect([part, found[part as keyof typeof found]]).toEqual([part, fact]);
    }
    expect(draft.layout.confirmation).toBe("unconfirmed");
    expect(JSON.parse(draft.json)).toMatchObject({name: "drafted"});
  });
});

describe("dates", () => {
  test("a day above 12 settles which way about they are, and is named", () => {
    expect(datesIn(["01/02/2026", "02/02/2026"])).toMatchObject({formats: ["%d/%m/%Y"], orElse: "%m/%d/%Y"});
    expect(datesIn(["01/02/2026", "13/02/2026"])).toMatchObject({
      formats: ["%d/%m/%Y"],
      orElse: null,
      settledBy: "13/02/2026"
    });
    expect(datesIn(["02/01/2026", "02/13/2026"])).toMatchObject({
      formats: ["%m/%d/%Y"],
      orElse: null,
      settledBy: "02/13/2026"
    });
    expect(datesIn(["2026-02-01", "2026-02-02"])).toMatchObject({formats: ["%Y-%m-%d"], orElse: null});
    expect(datesIn(["Town Hall", "Library"])).toBeNull();
  });

  test.each([
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d-%b-%y",
    "%Y%m%d",
    "%d %b %Y %H:%M",
    "%Y-%m-%dT%H:%M:%SZ",
    "%a %d/%m/%Y",
    "%d/%m/%Y %I:%M %p"
  ])("any month written in %s is read back as it was meant", format => {
    const instants = fc.array(fc.integer({min: 0, max: 365 * 48}), {minLength: 1, maxLength: 60});
    fc.assert(
      fc.property(instants, halves => {
        const at = [Date.UTC(2026, 0, 31), ...halves.map(half => Date.UTC(2026, 0, 1) + half * 1_800_000)];
        const texts = at.map(each => written(format, each));
        const read = datesIn(texts);
        const back = texts.map(text => stampIn(read?.formats[0] ?? "", text)?.date);
        expect(back).toEqual(at.map(each => new Date(each).toISOString().slice(0, 10)));
      })
    );
  });

  test("no day that there is not: the last of February", () => {
    expect(stampIn("%d/%m/%Y", "29/02/2028")?.date).toBe("2028-02-29");
    expect(stampIn("%d/%m/%Y", "29/02/2026")).toBeNull();
    expect(stampIn("%d/%m/%Y %H:%M", "01/02/2026 24:00")).toBeNull();
  });

  test("the clocks change on the last Sundays of March and October", () => {
    expect(["2026-03-29", "2026-10-25", "2026-03-22", "2027-03-28"].map(clockChangeOn)).toEqual([
      "spring",
      "autumn",
      null,
      "spring"
    ]);
  });
});

describe("half-hour columns", () => {
  const day = (header: readonly string[], cells: readonly string[], date = "2026-01-14") =>
    drafted(table(["MPAN", "Date", ...header], [mpan, date, ...cells], [other, date, ...cells]));

  test("with a flag beside each, which is of the row's half-hours and not of the row", () => {
    const header = labels.flatMap(label => [`${label} kWh`, `${label} flag`]);
    const {layout} = day(
      header,
      tenths().flatMap((cell, n) => [cell, n === 3 ? "E" : "A"])
    );
    expect(layout.status).toEqual({beside: {"": "missing", A: "actual", E: "estimated"}});
    expect(layout.unit).toEqual({is: "kWh"});
    expect(columnsOf(layout).filter(({holds}) => holds === "status")).toHaveLength(48);
  });

  test("what a flag means that nobody knows is an estimate, and is asked about", () => {
    const header = labels.flatMap(label => [label, `${label} flag`]);
    const {layout, undecided} = day(
      header,
      tenths().flatMap(cell => [cell, "Q"])
    );
    expect(layout.status).toEqual({beside: {"": "missing", Q: "estimated"}});
    expect(undecided.join()).toContain('What "Q"');
  });

  test("reactive energy beside active is not read", () => {
    const header = [...labels.map((_, n) => `kVArh_${n + 1}`), ...labels.map((_, n) => `kWh_${n + 1}`)];
    const {layout} = day(header, [...tenths().map(() => "9"), ...tenths()]);
    expect(
      columnsOf(layout)
        .flatMap(({name, holds}) => (holds === "quantity" ? [name] : []))
        .slice(0, 2)
    ).toEqual(["kWh_1", "kWh_2"]);
  });

  test("the two columns of the hour that October repeats are the 49th and 50th", () => {
    const {layout} = day([...labels, "DST 1", "DST 2"], [...tenths(), "", ""]);
    expect(quantities(layout).slice(-2)).toEqual(["50 49", "51 50"]);
    expect(layout.clock).toBe("local-clock");
  });

  test("a day on which the clocks go forward settles the clock", () => {
    const gap = tenths().map((cell, n) => (n === 2 || n === 3 ? "" : cell));
    const short = tenths().map((cell, n) => (n > 45 ? "" : cell));
    const rows = (cells: readonly string[]) =>
      drafted(table(["MPAN", "Date", ...labels], [mpan, "2026-03-29", ...cells], [mpan, "2026-03-30", ...tenths()]));
    expect(rows(gap).layout.clock).toBe("local-clock");
    expect(rows(short).layout.clock).toBe("settlement-period");
    expect(rows(tenths()).layout.clock).toBe("utc");
    expect(rows(gap).undecided.join()).not.toContain("The clock.");
  });

  test("a row total is a check only where it is the sum", () => {
    const rows = (total: string) =>
      table(
        ["MPAN", "Date", ...labels, "Total kWh"],
        [mpan, "2026-01-14", ...tenths(), total],
        [mpan, "2026-01-15", ...tenths(), total]
      );
    expect(drafted(rows("117.6")).layout.checks).toEqual({row_total: {column: "Total kWh", tolerance: 0.05}});
    expect(drafted(rows("118")).layout.checks).toEqual({row_total: {column: "Total kWh", tolerance: 0.6}});
    expect(drafted(rows("120")).layout.checks).toEqual({});
  });
});

describe("rows of readings", () => {
  const rows = (times: readonly string[], header = "MPAN,Date,Time,kWh") =>
    `${header}\n${times.map((time, n) => `${mpan},14/01/2026,${time},${n}.5\n`).join("")}`;
  const starts = labels;
  const ends = [...labels.slice(1), "24:00"];

  test("times from 00:00 are taken as starts, from 00:30 to 24:00 as ends, and both are asked about", () => {
    const placed = (draft: Draft) => draft.layout.shape.rows === "reading" && draft.layout.shape.placed_by;
    expect(placed(drafted(rows(starts)))).toMatchObject({stamp: "start", time: "Time"});
    expect(placed(drafted(rows(ends)))).toMatchObject({stamp: "end", time: "Time"});
    expect(drafted(rows(ends)).undecided.join()).toContain("Start or end.");
    const named = drafted(rows(starts, "MPAN,Date,Interval start,kWh"));
    expect(named.undecided.join()).not.toContain("Start or end.");
  });

  test("midnight that closes its day is of that day", () => {
    const closing = drafted(rows([...labels.slice(1), "00:00"]));
    expect(closing.layout.shape).toMatchObject({placed_by: {stamp: "end", midnight: "row date"}});
  });

  test("the hour that is not there in spring says whether times are starts or ends", () => {
    const spring = (times: readonly string[]) =>
      drafted(`MPAN,When,kWh\n${times.map(time => `${mpan},29/03/2026 ${time},1.5\n`).join("")}`);
    const begun = spring(["00:00", "00:30", "02:00", "02:30", "03:00", "03:30"]);
    const ended = spring(["00:30", "01:00", "02:30", "03:00", "03:30"]);
    expect(begun.layout).toMatchObject({clock: "local-clock", shape: {placed_by: {stamp: "start"}}});
    expect(ended.layout).toMatchObject({clock: "local-clock", shape: {placed_by: {stamp: "end"}}});
    expect([...begun.undecided, ...ended.undecided].join()).not.toMatch(/Start or end|The clock/);
    const all = spring(["00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]);
    expect(all.layout.clock).toBe("utc");
  });

  test("quarters of an hour, hours, days and months are drafted as what they are; other minutes are refused in words", () => {
    const intervalOf = (text: string) => drafted(text).layout.interval;
    const hourly = labels.filter(label => label.endsWith("00"));
    expect(intervalOf(rows(["00:00", "00:15", "00:30", "00:45"]))).toBe(15);
    expect(intervalOf(rows(["00:00", "00:10", "00:20", "00:30"]))).toBe(10);
    expect(intervalOf(rows(hourly))).toBe(60);
    expect(intervalOf(`MPAN,Date,kWh\n${mpan},14/01/2026,5\n${mpan},15/01/2026,6\n`)).toBe("day");
    expect(intervalOf(`MPAN,Month,kWh\n${mpan},Jan-26,5\n${mpan},Feb-26,6\n`)).toBe("month");
    expect(intervalOf(`MPAN,Jan-26,Feb-26,Mar-26\n${mpan},5,6,7\n`)).toBe("month");
    expect(intervalOf(`MPAN,Serial,Read date,Reading\n${mpan},S1,14/01/2026,5\n${mpan},S1,16/03/2026,6\n`)).toBe(
      "between reads"
    );
    expect(intervalOf(`MPAN,Start,End,kWh\n${mpan},14/01/2026,13/02/2026,5\n${mpan},14/02/2026,16/03/2026,6\n`)).toBe(
      "between dates"
    );
    expect(reasonOf(rows(["00:07", "00:22", "00:37"]))).toContain("5, 10, 15, 30 or 60 minutes apart");
  });
});

describe("meters", () => {
  const days = (names: readonly string[], cells: readonly string[], fileName?: string) =>
    drafted(table([...names, "Date", ...labels], [...cells, "2026-01-14", ...tenths()]), fileName).layout.meter;

  test.each([
    ["an MPAN", ["Point"], [mpan], {column: "Point", kind: "mpan"}],
    ["a SPID", ["Point"], ["3012345678W11"], {column: "Point", kind: "spid"}],
    ["an MPRN, by its name too", ["MPRN"], ["9100000001"], {column: "MPRN", kind: "mprn"}],
    ["an MPAN within words", ["Site"], [`Town Hall (${mpan})`], {column: "Site", kind: "mpan", pattern: "(\\d{13})"}],
    ["a name", ["Meter name"], ["Town Hall main"], {column: "Meter name", kind: "name"}]
  ])("%s", (_what, names, cells, meter) => expect(days(names, cells)).toEqual(meter));

  test("in the name of the file, or in none", () => {
    expect(days(["Note"], ["x"], `${mpan} october.csv`)).toEqual({file_name: "(\\d{13})", kind: "mpan"});
    expect(days(["Note"], ["x"])).toBe("given");
  });

  test("a column of thirteen digits that do not check is no column of MPANs", () => {
    expect(days(["Account"], ["1600000000011"])).toBe("given");
  });

  test("a number that a spreadsheet rounded is no meter's", () => {
    expect(reasonOf(table(["MPAN", "Date", ...labels], ["1.6E+12", "2026-01-14", ...tenths()]))).toContain(
      "rounded by a spreadsheet (1.6E+12)"
    );
  });
});

test("JSON set out by lines is the same JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      expect(JSON.parse(tidyJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    })
  );
});
