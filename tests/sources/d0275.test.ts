import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {isD0036, unfoldD0036} from "../../src/sources/industry-flows/d0036.ts";
import {d0275} from "../../src/sources/industry-flows/d0275.ts";
import {samplePath} from "../support/real-data.ts";
import {actuals, bodyOf, fileOf, type Meter, type Reading} from "./d0036-file.ts";
import {layoutNamed, sourceRowsOf} from "./source-rows.ts";

const start = (head: string) => ({fileName: "hh.usr", head});
const idSets: readonly [Ids, ...Ids[]] = [
  ["25B", "26B", "27B"],
  ["66L", "67L", "68L"],
  ["101", "102", "103"]
];
type Ids = readonly [meter: string, day: string, reading: string];

/** A D0036 as a D0275 with these record groups. */
function asD0275(d0036: string, [meter, day, reading]: Ids = idSets[0]): string {
  return d0036
    .replace("|D0036001|", "|D0275001|")
    .replace(/^101\|/gm, `${meter}|`)
    .replace(/^102\|/gm, `${day}|`)
    .replace(/^103\|/gm, `${reading}|`);
}

const meters: readonly Meter[] = [
  {mpan: "1600000000010", quantity: "AI", days: [{date: "20260623", readings: actuals(48)}]},
  {mpan: "1600000000010", quantity: "RI", days: [{date: "20260623", readings: actuals(48)}]}
];
const whole = fileOf(bodyOf(meters));

describe.each(idSets)("with groups %s, %s and %s", (...ids) => {
  test("its days are those of a D0036, on the same lines", () => {
    const {rows, misshapen, issued} = d0275.unfold(asD0275(whole, ids));
    expect({rows, misshapen, issued}).toEqual(unfoldD0036(whole));
    expect(rows.map(({line, cells}) => [line, ...cells.slice(0, 5)])).toEqual([
      [3, "1600000000010", "AI", "20260623", "0.1", "0.2"],
      [53, "1600000000010", "RI", "20260623", "0.1", "0.2"]
    ]);
    expect(issued).toBe("20260624141613");
  });
});

test("what a writer wrote is read, whatever the days, statuses and groups", () => {
  const reading = fc.tuple(
    fc.constantFrom("A", "E"),
    fc.nat({max: 99_999}).map(tenths => (tenths / 10).toFixed(1))
  );
  const day = fc.constantFrom(["20260329", 46], ["20260623", 48], ["20261025", 50]).chain(([date, count]) =>
    fc.record({
      date: fc.constant(String(date)),
      readings: fc.array(reading, {minLength: Number(count), maxLength: Number(count)})
    })
  );
  const planned = fc.array(
    fc.record({
      mpan: fc.constantFrom("1600000000010", "1600000000029"),
      quantity: fc.constantFrom("AI", "AE", "RI"),
      days: fc.array(day, {minLength: 1, maxLength: 2})
    }),
    {minLength: 1, maxLength: 3}
  );
  fc.assert(
    fc.property(planned, fc.constantFrom(...idSets), (written, ids) => {
      const {rows, misshapen} = d0275.unfold(asD0275(fileOf(bodyOf(written)), ids));
      expect(misshapen).toEqual([]);
      const days = written.flatMap(({mpan, quantity, days}) => days.map(day => ({mpan, quantity, ...day})));
      expect(rows.map(({cells}) => cells.slice(0, 3))).toEqual(
        days.map(({mpan, quantity, date}) => [mpan, quantity, date])
      );
      expect(rows.map(({cells}) => cells.slice(3, 53).filter(cell => cell !== ""))).toEqual(
        days.map(({readings}) => readings.map(([, value]) => value))
      );
      expect(rows.map(({cells}) => cells.slice(53).join(""))).toEqual(
        days.map(({readings}) => readings.map(([status]) => status).join(""))
      );
    }),
    {numRuns: 50}
  );
});

test("its layout takes import, drops reactive energy, and counts estimates", async () => {
  const readings: Reading[] = [["E", "3.5"], ["E", ""], ...actuals(46)];
  const unfolded = d0275.unfold(
    asD0275(
      fileOf(
        bodyOf([
          {mpan: "1600000000010", quantity: "AI", days: [{date: "20260623", readings}]},
          {mpan: "1600000000010", quantity: "RE", days: [{date: "20260623", readings}]}
        ])
      )
    )
  );
  // 3.5 and 0.1 + 0.2 + … + 4.6 = 108.1
  expect(
    await sourceRowsOf(
      "d0275",
      unfolded,
      "channel, unit, stamp::date::varchar, round(list_sum(quantity), 1)::varchar, bit_count(present)::varchar, bit_count(estimated)::varchar"
    )
  ).toEqual([
    ["import", "kWh", "2026-06-23", "111.6", "47", "1"],
    ["drop", "kWh", "2026-06-23", "111.6", "47", "1"]
  ]);
  expect(await layoutNamed("d0275")).toMatchObject({confirmation: "unconfirmed", clock: "settlement-period"});
});

describe("is refused whole", () => {
  const text = asD0275(whole);
  test.each([
    ["of a test", text.replace("|OPER|", "|TR01|"), 'the file flag is "TR01"'],
    ["of another flow", whole, "not the header of a D0275"],
    ["without a trailer", text.slice(0, text.indexOf("ZPT")), "cut off"],
    ["with other lines than counted", text.replace("ZPT|0000000042|100|", "ZPT|0000000042|99|"), '"99" lines'],
    ["with other meters than counted", text.replace("|100|2|", "|100|3|"), '"3" groups 25B, and 2'],
    ["with a trailer of another file", text.replace("ZPT|0000000042", "ZPT|0000000043"), 'of file "0000000043"'],
    ["with a fourth group", text.replace("27B|A|4.8|", "28B|A|4.8|"), 'a fourth record group, "28B"'],
    [
      "with a reading under no day",
      asD0275(fileOf(["101|1|AI|X|", "102|20260623|", "103|A|1.0|", "101|1|AI|X|", "103|A|1.0|"])),
      "group 27B with none of group 26B"
    ]
  ])("%s", (_what, refused, reason) => {
    expect(() => d0275.unfold(refused)).toThrow(FeedError);
    expect(() => d0275.unfold(refused)).toThrow(reason);
  });

  test("with any one line dropped", () => {
    const lines = text.trimEnd().split("\r\n");
    for (const at of lines.keys())
      expect(() => d0275.unfold(lines.toSpliced(at, 1).join("\r\n")), lines[at]).toThrow(FeedError);
  });
});

test("a day of too few readings is misshapen, and a file of nobody's meters is empty", () => {
  const short = bodyOf([{mpan: "1600000000010", quantity: "AI", days: [{date: "20260329", readings: actuals(48)}]}]);
  expect(d0275.unfold(asD0275(fileOf(short)))).toMatchObject({
    rows: [],
    misshapen: [{line: 3, why: "48 readings where 46 belong"}]
  });
  expect(d0275.unfold(asD0275(fileOf([])))).toMatchObject({rows: [], misshapen: []});
});

test("it knows its own header, whatever the version, and no other's", () => {
  const [header = ""] = asD0275(whole).split("\r\n");
  for (const head of [header, `\ufeff\r\n${header}`, header.replace("D0275001", "D0275002")])
    expect(d0275.isOf(start(head)), head).toBe(true);
  for (const head of ["", "ZHV|1|D0275|", "ZHV|1|D0036001|", "ZHV|1|D02750010|", "D0275001"])
    expect(d0275.isOf(start(head)), head).toBe(false);
  expect(isD0036(header)).toBe(false);
});

const flows = samplePath("01-electricity-industry-flows");
describe.runIf(existsSync(flows))("the samples of a D0036, relabelled", () => {
  /** Tenths, summed over the files by awk. */
  test.each([
    ["d0036_normal_48.usr", 6160, 2032],
    ["d0036_spring_46.usr", 5873, 1917],
    ["d0036_autumn_50_with_estimates.usr", 6475, 2175]
  ])("%s", async (name, active, reactive) => {
    const {rows, misshapen} = d0275.unfold(asD0275(await readFile(`${flows}/${name}`, "utf8")));
    const sums = rows.map(({cells}) =>
      cells.slice(3, 53).reduce((sum, cell) => sum + Math.round(Number(cell) * 10), 0)
    );
    expect({sums, misshapen}).toEqual({sums: [active, reactive], misshapen: []});
  });
});
