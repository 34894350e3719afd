import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {d0010} from "../../src/sources/industry-flows/d0010.ts";
import {samplePath} from "../support/real-data.ts";

const given = {fileName: "reads.usr", meterPointId: null};
const parse = (text: string) => d0010.parse(text, given);
const header = "ZHV|0000000077|D0010002|D|TEST|X|CNPY|20260302153151||||OPER|";

function fileOf(body: readonly string[], newline = "\r\n"): string {
  const points = body.filter(line => line.startsWith("026")).length;
  return [header, ...body, `ZPT|0000000077|${body.length}||${points}|20260302154650|`, ""].join(newline);
}

const twoRates = [
  "026|1600000000010|V|",
  "028|K26Z 00417|R|",
  "030|01|20260222000000|38742.0|||T|N|",
  "030|02|20260222000000|13387.5|||T|P|",
  "026|1600000000029|U|",
  "028|Z26A00555|D|",
  "030|S|20260301000000|00017.0|||T|N|"
];

/** A file of one reading, and what comes of it. */
function oneReading({
  validation = "V",
  type = "R",
  serial = "K26Z 00417",
  mpan = "1600000000010",
  reading = "01|20260222000000|38742.0|||T|N|",
  after = [] as readonly string[]
}) {
  return parse(fileOf([`026|${mpan}|${validation}|`, `028|${serial}|${type}|`, `030|${reading}`, ...after]));
}

test("each register of each meter is a row", () => {
  const file = parse(fileOf(twoRates));
  expect(file.rows[0]).toEqual({
    line: 4,
    meter: "1600000000010",
    serial: "K26Z 00417",
    register: "01",
    read_at: "2026-02-22 00:00:00",
    value: "38742.0",
    unit: "kWh",
    status: "actual",
    digits: null
  });
  expect(
    file.rows.map(({line, meter, serial, register, value, status}) => [line, meter, serial, register, value, status])
  ).toEqual([
    [4, "1600000000010", "K26Z 00417", "01", "38742.0", "actual"],
    [5, "1600000000010", "K26Z 00417", "02", "13387.5", "actual"],
    [8, "1600000000029", "Z26A00555", "S", "00017.0", "estimated"]
  ]);
  expect(file).toMatchObject({rejected: [], dropped: 0, records: 3, issued: "2026-03-02 15:31:51"});
});

test.each([
  ["LF", fileOf(twoRates, "\n")],
  ["CR", fileOf(twoRates, "\r")],
  ["a UTF-8 mark", `\ufeff${fileOf(twoRates)}`],
  ["more columns", fileOf(twoRates.map(line => `${line} | | |`)).replace("OPER|", "OPER| | |")],
  ["no last pipe", fileOf(twoRates).replaceAll("|\r\n", "\r\n")]
])("%s changes nothing", (_what, text) => {
  expect(parse(text)).toEqual(parse(fileOf(twoRates)));
});

describe("the type of a reading", () => {
  test.each([
    ["actual", "ACFIMPRSTZ"],
    ["estimated", "DEOQUVXY"],
    ["withdrawn", "W"]
  ])("%s: %s", (status, types) => {
    for (const type of types)
      expect(
        oneReading({type}).rows.map(row => row.status),
        type
      ).toEqual([status]);
  });

  test.each(["", "B", "r", "E3", "constructor"])("%j is none, and rejected", type => {
    expect(oneReading({type})).toMatchObject({rows: [], records: 1, rejected: [{line: 4, rule: "reading type"}]});
  });

  test("a reading is withdrawn whatever its validation says", () => {
    const {rows} = oneReading({type: "W", validation: "F", reading: "01|20260222000000|38742.0|||F|N|"});
    expect(rows.map(({status}) => status)).toEqual(["withdrawn"]);
  });
});

describe("a reading is rejected", () => {
  test.each([
    ["failed validation", {validation: "F"}, "F"],
    ["failed validation", {after: ["032|03|F|"]}, "03"],
    ["failed validation", {after: ["032|01|T|", "033|11|locked out|", "032|04|F|"]}, "04"],
    ["validation status", {validation: "X"}, "X"],
    ["suspect reading", {reading: "01|20260222000000|38742.0|||F|N|"}, "F"],
    ["reading flag", {reading: "01|20260222000000|38742.0|||Y|N|"}, "Y"],
    ["maximum demand", {reading: "MD|20260222000000|412.0|20260222000000|3|T|N|"}, "412.0"],
    ["maximum demand", {reading: "MD|20260222000000|412.0||3|T|N|"}, "412.0"],
    ["reading", {reading: "01|20260222000000||||T|N|"}, ""],
    ["reading", {reading: "01|20260222000000|-1.0|||T|N|"}, "-1.0"],
    ["reading", {reading: "01|20260222000000|1e3|||T|N|"}, "1e3"],
    ["reading", {reading: "01|20260222000000|NaN|||T|N|"}, "NaN"],
    ["reading", {reading: `01|20260222000000|${"9".repeat(400)}|||T|N|`}, "not shown, it may be personal"],
    ["date", {reading: "01|20260230000000|1.0|||T|N|"}, "20260230000000"],
    ["date", {reading: "01|20260222|1.0|||T|N|"}, "20260222"],
    ["date", {reading: "01|20260222240000|1.0|||T|N|"}, "20260222240000"],
    ["meter", {mpan: ""}, ""],
    ["serial number", {serial: " "}, ""]
  ])("%s: %j", (rule, what, value) => {
    expect(oneReading(what)).toMatchObject({rows: [], rejected: [{line: 4, rule, value}], records: 1});
  });

  test("and the other register of its meter stands", () => {
    const body = [...twoRates.slice(0, 2), "030|01|20260222000000|x|||T|N|", "030|02|20260222000000|13387.5|||T|N|"];
    const {rows, rejected} = parse(fileOf(body));
    expect(rows.map(({register}) => register)).toEqual(["02"]);
    expect(rejected).toEqual([{line: 4, rule: "reading", value: "x"}]);
  });
});

test("site visits change nothing; meters without readings and unknown groups are told, and nothing is lost", () => {
  const {rows, rejected, records} = parse(
    fileOf([
      "026|1600000000010|V|",
      "027|20|no answer|",
      "028|K26Z 00417|R|",
      "029|11|locked|",
      "030|01|20260222000000|38742.0|||T|N|",
      "031|?|",
      "026|1600000000029|V|",
      "026|1600000000038|V|",
      "028|Z26A00555|R|"
    ])
  );
  expect(rows.map(({line}) => line)).toEqual([6]);
  expect(rejected).toEqual([
    {line: 7, rule: "record group", value: "031"},
    {line: 8, rule: "no reading", value: "026"},
    {line: 10, rule: "no reading", value: "028"}
  ]);
  expect(records).toBe(4);
});

describe("a file is refused whole", () => {
  const text = fileOf(twoRates);
  test.each([
    ["of a test", text.replace("|OPER|", "|TR01|"), 'the file flag is "TR01", not OPER'],
    ["without a flag", text.replace("|OPER|", "||"), "not OPER"],
    ["of another flow", text.replace("D0010002", "D0036001"), "not the header of a D0010"],
    ["of another version", text.replace("D0010002", "D0010001"), "a D0010001: the groups of version 002 are known"],
    ["without a trailer", text.slice(0, text.indexOf("ZPT")), "cut off"],
    ["with other lines than counted", text.replace("|7||2|", "|8||2|"), '"8" lines, and 7'],
    ["with other meter points than counted", text.replace("|7||2|", "|7||1|"), '"1" groups 026, and 2'],
    ["with a trailer of another file", text.replace("ZPT|0000000077", "ZPT|0000000078"), "0000000078"],
    ["with a meter of no meter point", fileOf(["028|Z|R|"]), "line 2: a record of group 028 with none of group 026"],
    ["with a reading of no meter", fileOf(["026|1|V|", "030|01|20260222000000|1|||T|N|"]), "none of group 028"],
    [
      "with a reading under the meter of the meter point before",
      fileOf([...twoRates.slice(0, 3), "026|1600000000029|V|", "030|02|20260222000000|1|||T|N|"]),
      "line 6: a record of group 030 with none of group 028"
    ],
    [
      "with a result under the reading of the meter before",
      fileOf([...twoRates.slice(0, 3), "028|Z|R|", "032|1|F|"]),
      "line 6: a record of group 032 with none of group 030"
    ],
    ["with a result of no reading", fileOf(["026|1|V|", "028|Z|R|", "032|1|F|"]), "none of group 030"],
    ["that is nothing", "", "not the header of a D0010"]
  ])("%s", (_what, refused, reason) => {
    expect(() => parse(refused)).toThrow(FeedError);
    expect(() => parse(refused)).toThrow(reason);
  });

  test("with any one line dropped, or cut anywhere before its counts", () => {
    const lines = text.trimEnd().split("\r\n");
    for (const at of lines.keys()) expect(() => parse(lines.toSpliced(at, 1).join("\n")), lines[at]).toThrow(FeedError);
    for (let length = 0; length < text.lastIndexOf("|20260302154650|"); length += 1)
      expect(() => parse(text.slice(0, length)), `${length}`).toThrow(FeedError);
  });
});

test("it knows its own header", () => {
  const isOf = (head: string) => d0010.isOf({fileName: "x", head});
  expect([header, `\ufeff\n${header}`].map(isOf)).toEqual([true, true]);
  expect(["", "ZHV|1|D0010|", "ZHV|1|D0036001|", "026|1|V|"].map(isOf)).toEqual([false, false, false, false]);
});

test("what a writer wrote is read", () => {
  const reading = fc.record({
    register: fc.constantFrom("S", "01", "02", "DY", "NT"),
    date: fc.date({min: new Date("2020-01-01"), max: new Date("2030-12-31"), noInvalidDate: true}),
    tenths: fc.nat({max: 9_999_999_999})
  });
  const meter = fc.record({
    mpan: fc.constantFrom("1600000000010", "1600000000029"),
    serial: fc.constantFrom("K26Z 00417", "Z26A00555"),
    type: fc.constantFrom("R", "D", "W"),
    readings: fc.array(reading, {minLength: 1, maxLength: 3})
  });
  const status = {R: "actual", D: "estimated", W: "withdrawn"} as Record<string, string>;
  const value = (tenths: number) => (tenths / 10).toFixed(1);
  fc.assert(
    fc.property(fc.array(meter, {maxLength: 5}), fc.constantFrom("\r\n", "\n", "\r"), (meters, newline) => {
      const body = meters.flatMap(({mpan, serial, type, readings}) => [
        `026|${mpan}|V|`,
        `028|${serial}|${type}|`,
        ...readings.map(
          ({register, date, tenths}) =>
            `030|${register}|${date.toISOString().slice(0, 19).replace(/\D/g, "")}|${value(tenths)}|||T|N|`
        )
      ]);
      const {rows, rejected} = parse(fileOf(body, newline));
      expect(rejected).toEqual([]);
      expect(rows.map(row => [row.meter, row.serial, row.register, row.read_at, row.value, row.status])).toEqual(
        meters.flatMap(({mpan, serial, type, readings}) =>
          readings.map(({register, date, tenths}) => [
            mpan,
            serial,
            register,
            date.toISOString().slice(0, 19).replace("T", " "),
            value(tenths),
            status[type]
          ])
        )
      );
      expect(rows.map(({line}) => body[line - 2]?.slice(0, 3))).toEqual(rows.map(() => "030"));
    })
  );
});

test("of any body each reading is a row or rejected, or the file is refused with words", () => {
  const piece = fc.constantFrom(
    "026|1600000000010|V|",
    "026||",
    "028|K1|R|",
    "028|",
    "030|01|20260222000000|1.0|||T|N|",
    "030|",
    "030|\0|x|",
    "032|1|F|",
    "999|"
  );
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 20}), body => {
      try {
        const {rows, rejected, records} = parse(fileOf(body));
        expect(rows.length + rejected.length).toBe(records);
        expect(records).toBeGreaterThanOrEqual(body.filter(line => line.startsWith("030")).length);
      } catch (error) {
        expect(error).toBeInstanceOf(FeedError);
      }
    })
  );
});

const sample = samplePath("01-electricity-industry-flows/d0010_nhh_reads.usr");
test.runIf(existsSync(sample))("the sample: three registers of two meters, all deemed", async () => {
  const text = await readFile(sample, "utf8");
  expect(d0010.isOf({fileName: "d0010_nhh_reads.usr", head: text})).toBe(true);
  const {rows, rejected, issued} = parse(text);
  expect({rejected, issued}).toEqual({rejected: [], issued: "2016-03-02 15:31:51"});
  expect(rows.map(({register, value}) => [register, value])).toEqual([
    ["S", "56311.0"],
    ["01", "38742.0"],
    ["02", "13387.0"]
  ]);
  const [first, second, third] = rows.map(({meter, serial}) => `${meter} ${serial}`);
  expect(first).toMatch(/^\d{13} \w{4} \d{5}$/);
  expect(second).toBe(third);
  expect(first).not.toBe(second);
  for (const row of rows) expect(row).toMatchObject({read_at: "2016-02-22 00:00:00", unit: "kWh", status: "estimated"});
});
