import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {isD0036, unfoldD0036} from "../../src/sources/industry-flows/d0036.ts";
import {actuals, bodyOf, fileOf, header, oneDay, type Reading} from "./d0036-file.ts";

const blanks = (count: number) => new Array<string>(count).fill("");
const whole = oneDay("20260623", actuals(48));
const wholeBody = bodyOf([{mpan: "1600000000010", quantity: "AI", days: [{date: "20260623", readings: actuals(48)}]}]);
const replaced = (at: number, reading: Reading) => actuals(48).with(at, reading);

const misshapen = (date: string, readings: readonly Reading[]) => {
  const unfolded = unfoldD0036(oneDay(date, readings));
  expect(unfolded.rows).toEqual([]);
  expect(unfolded.misshapen).toHaveLength(1);
  expect(unfolded.misshapen[0]?.line).toBe(3);
  return unfolded.misshapen[0]?.why;
};

describe("a day of a meter becomes a row", () => {
  test("of MPAN, quantity, date, 50 values and 50 statuses, on the line of its date", () => {
    expect(unfoldD0036(whole)).toEqual({
      issued: "20260624141613",
      misshapen: [],
      rows: [
        {
          line: 3,
          cells: [
            "1600000000010",
            "AI",
            "20260623",
            ...actuals(48).map(([, value]) => value),
            ...blanks(2),
            ...new Array<string>(48).fill("A"),
            ...blanks(2)
          ]
        }
      ]
    });
  });

  test.each([
    ["20260329", 46],
    ["20260623", 48],
    ["20261025", 50]
  ])("%s fills %i of its 50 half-hours", (date, periods) => {
    const [row] = unfoldD0036(oneDay(date, actuals(periods))).rows;
    expect(row?.cells).toHaveLength(103);
    expect(row?.cells.slice(3, 53)).toEqual([...actuals(periods).map(([, value]) => value), ...blanks(50 - periods)]);
    expect(row?.cells.slice(53)).toEqual([...new Array<string>(periods).fill("A"), ...blanks(50 - periods)]);
  });

  test("for each quantity of each meter, in the order of the file", () => {
    const day = (date: string) => ({date, readings: actuals(48)});
    const body = bodyOf([
      {mpan: "1600000000010", quantity: "AI", days: [day("20260622"), day("20260623")]},
      {mpan: "1600000000010", quantity: "RE", days: [day("20260622")]},
      {mpan: "1600000000029", quantity: "AE", days: [day("20260622")]}
    ]);
    const {rows} = unfoldD0036(fileOf(body));
    expect(rows.map(({line, cells}) => [line, ...cells.slice(0, 3)])).toEqual([
      [3, "1600000000010", "AI", "20260622"],
      [52, "1600000000010", "AI", "20260623"],
      [102, "1600000000010", "RE", "20260622"],
      [152, "1600000000029", "AE", "20260622"]
    ]);
  });

  test("with its values as written, estimates marked, and an empty value missing", () => {
    const written: Reading[] = [
      ["A", "-0.4"],
      ["E", "+12.0"],
      ["A", "0000007.5"],
      ["E", ""],
      ["A", "9"]
    ];
    const [row] = unfoldD0036(oneDay("20260623", [...written, ...actuals(43)])).rows;
    expect(row?.cells.slice(3, 9)).toEqual(["-0.4", "+12.0", "0000007.5", "", "9", "0.1"]);
    expect(row?.cells.slice(53, 59)).toEqual(["A", "E", "A", "E", "A", "A"]);
  });

  test("without its padding, wherever that stands and whatever it holds", () => {
    const readings = actuals(46);
    const padded: Reading[] = [...readings.slice(0, 2), ["C", "0.0"], ["C", "n/a"], ...readings.slice(2)];
    const [row] = unfoldD0036(oneDay("20260329", padded)).rows;
    expect(row?.cells.slice(3, 53)).toEqual([...readings.map(([, value]) => value), ...blanks(4)]);
  });

  test.each([
    ["LF", whole.replaceAll("\r\n", "\n")],
    ["CR", whole.replaceAll("\r\n", "\r")],
    ["no final newline", whole.trimEnd()],
    ["a UTF-8 mark", `\ufeff${whole}`],
    ["spaces around cells", whole.replaceAll("|", " |\t")],
    ["no last pipe", whole.replaceAll("|\r\n", "\r\n")],
    ["blank last lines", `${whole}\r\n  \r\n`],
    ["empty cells at the end", whole.replaceAll(/^(10[123].*)$/gm, "$1 | |")],
    ["no second count in the trailer", whole.replace("|49|49|", "|49||").replace("|50|50|", "|50||")]
  ])("the same with %s", (_name, text) => {
    expect(text).not.toBe(whole);
    expect(unfoldD0036(text)).toEqual(unfoldD0036(whole));
  });
});

describe("a day is misshapen, and no other", () => {
  test.each([
    ["20260623", 47, "47 readings where 48 belong"],
    ["20260623", 49, "49 readings where 48 belong"],
    ["20260623", 0, "0 readings where 48 belong"],
    ["20260329", 48, "48 readings where 46 belong"],
    ["20261025", 48, "48 readings where 50 belong"],
    ["20261025", 51, "51 readings where 50 belong"]
  ])("%s with %i readings", (date, count, why) => {
    expect(misshapen(date, actuals(count))).toBe(why);
  });

  test("when padding takes the place of a reading", () => {
    expect(misshapen("20260623", replaced(5, ["C", "0.0"]))).toBe("47 readings where 48 belong");
  });

  test.each(["20260230", "20261301", "2026-06-23", "23062026", "", "20260623|x"])("when its date is %j", date => {
    expect(misshapen(date, actuals(48))).toBe(`not a date (YYYYMMDD): "102|${date}|"`);
  });

  test.each([
    ["X", "1.0", 'line 9: the status "X" is not A, E or C: "103|X|1.0|"'],
    ["a", "1.0", 'line 9: the status "a" is not A, E or C: "103|a|1.0|"'],
    ["", "1.0", 'line 9: the status "" is not A, E or C: "103||1.0|"'],
    ["A", "1,5", 'line 9: the value "1,5" is no plain decimal number: "103|A|1,5|"'],
    ["A", "1.0|2.0", 'line 9: not a status and a value: "103|A|1.0|2.0|"']
  ])("when a reading is %s, %s", (status, value, why) => {
    expect(misshapen("20260623", replaced(5, [status, value]))).toBe(why);
  });

  test.each(["1e3", "0x10", "-", "+", ".", "1.", ".5", "--1", "1-", "1.2.3", "nan", "Infinity", "-1.2-", "1 2", "١"])(
    "when a value is %s",
    value => {
      expect(misshapen("20260623", replaced(0, ["A", value]))).toContain(`line 4: the value "${value}"`);
    }
  );

  test("when a reading has lost its value and not only the number in it", () => {
    const body = wholeBody.with(7, "103|A|");
    expect(unfoldD0036(fileOf(body)).misshapen).toEqual([{line: 3, why: 'line 9: not a status and a value: "103|A|"'}]);
  });

  test("when its meter is no meter and quantity", () => {
    for (const meter of ["101|1600000000010|", "101|1600000000010|AI|CNPY|more|", "101|"])
      expect(unfoldD0036(fileOf(wholeBody.with(0, meter)))).toMatchObject({
        rows: [],
        misshapen: [{line: 3, why: `line 2 is no meter and quantity: "${meter}"`}]
      });
  });

  test("and the days around it stand", () => {
    const days = ["20260621", "20260622", "20260623"].map((date, index) => ({
      date,
      readings: actuals(48 - (index % 2))
    }));
    const unfolded = unfoldD0036(fileOf(bodyOf([{mpan: "1600000000010", quantity: "AI", days}])));
    expect(unfolded.rows.map(({cells}) => cells[2])).toEqual(["20260621", "20260623"]);
    expect(unfolded.misshapen).toEqual([{line: 52, why: "47 readings where 48 belong"}]);
  });

  test("and a meter without days is said", () => {
    const unfolded = unfoldD0036(fileOf(["101|1600000000029|AE|CNPY|", ...wholeBody]));
    expect(unfolded.rows).toHaveLength(1);
    expect(unfolded.misshapen).toEqual([{line: 2, why: "a meter without days"}]);
  });
});

describe("a file is refused", () => {
  const refusals: [string, string, string][] = [
    ["empty", "", "line 1: not the header of a D0036"],
    ["of another flow", whole.replace("D0036001", "D0010002"), "line 1: not the header of a D0036"],
    ["without its header", wholeBody.join("\n"), "line 1: not the header of a D0036"],
    ["for test", whole.replace("OPER", "TR01"), 'line 1: the file flag is "TR01", not OPER'],
    ["of no flag", whole.replace("OPER", ""), 'line 1: the file flag is "", not OPER'],
    ["cut within its header", header.slice(0, -8), 'line 1: the file flag is "", not OPER'],
    ["of no issue time", whole.replace("20260624141613", ""), 'line 1: "" is no time at which a file is made'],
    ["issued at 24:00", whole.replace("20260624141613", "20260624240000"), '"20260624240000" is no time'],
    ["issued on no day", whole.replace("20260624141613", "20260231141613"), '"20260231141613" is no time'],
    ["cut off", whole.slice(0, whole.indexOf("ZPT")), "the file is cut off: it has no trailer (ZPT)"],
    ["cut off after its header", header, "the file is cut off: it has no trailer (ZPT)"],
    [
      "of a line too few",
      whole.replace("103|A|0.7|\r\n", ""),
      'line 51: the trailer counts "50" lines, and 49 are there'
    ],
    [
      "of a line too many",
      whole.replace("103|A|0.7|\r\n", "$&$&"),
      'line 53: the trailer counts "50" lines, and 51 are'
    ],
    [
      "counted in words",
      whole.replace("ZPT|0000000042|50|", "ZPT|0000000042|fifty|"),
      'the trailer counts "fifty" lines'
    ],
    ["not counted", whole.replace("ZPT|0000000042|50|", "ZPT|0000000042||"), 'the trailer counts "" lines, and 50'],
    [
      "of a meter too few",
      whole.replace("|50|1|", "|50|2|"),
      'line 52: the trailer counts "2" groups 101, and 1 are there'
    ],
    ["of meters not counted", whole.replace("|50|1|", "|50||"), 'the trailer counts "" groups 101, and 1 are there'],
    [
      "with another's trailer",
      whole.replace("ZPT|0000000042", "ZPT|0000000043"),
      'of file "0000000043", the header of "0000000042"'
    ],
    [
      "with a reading before any date",
      fileOf(["101|1600000000010|AI|CNPY|", "103|A|1.0|"]),
      "line 3: a record of group 103 with none of group 102"
    ],
    ["with a reading before any meter", fileOf(["103|A|1.0|"]), "line 2: a record of group 103 with none of group 102"],
    ["with a date before any meter", fileOf(["102|20260623|"]), "line 2: a record of group 102 with none of group 101"],
    [
      "with a reading of a second meter before its date",
      fileOf([...wholeBody, wholeBody[0] ?? "", "103|A|1.0|"]),
      "line 53: a record of group 103 with none of group 102"
    ],
    [
      "with an unknown record",
      fileOf(wholeBody.toSpliced(3, 0, "104|A|1.0|")),
      'line 5: a D0036 has no record group "104"'
    ],
    ["with words", fileOf(wholeBody.toSpliced(3, 0, "hello")), 'line 5: a D0036 has no record group "hello"'],
    ["with an unnamed record", fileOf(wholeBody.toSpliced(3, 0, "|A|1.0|")), 'line 5: a D0036 has no record group ""'],
    ["with a second header", fileOf([header, ...wholeBody]), 'line 2: a D0036 has no record group "ZHV"'],
    ["with another file after it", whole + whole, "line 53: a record after the trailer: ZHV"],
    [
      "with two trailers",
      whole + (whole.trimEnd().split("\n").at(-1) ?? ""),
      "line 53: a record after the trailer: ZPT"
    ]
  ];

  test.each(refusals)("%s", (_name, text, reason) => {
    expect(() => unfoldD0036(text)).toThrow(FeedError);
    expect(() => unfoldD0036(text)).toThrow(reason);
  });
});

test("a file of no meters has no rows", () => {
  expect(unfoldD0036(fileOf([]))).toEqual({rows: [], misshapen: [], issued: "20260624141613"});
});

test("a D0036 is known by its first line", () => {
  for (const line of [header, `\ufeff${header}\r`, " ZHV | 1 | D0036002 |"]) expect(isD0036(line), line).toBe(true);
  const others = [
    "",
    "ZHV",
    header.replace("D0036001", "D0275001"),
    header.replace("D0036001", "D0036"),
    "MPAN|x|D0036001",
    `x${header}`
  ];
  for (const line of others) expect(isD0036(line), line).toBe(false);
});

test("300 meters of 28 days are a row each", () => {
  const days = Array.from({length: 28}, (_, index) => ({
    date: `202602${String(index + 1).padStart(2, "0")}`,
    readings: actuals(48)
  }));
  const text = fileOf(bodyOf(Array.from({length: 300}, () => ({mpan: "1600000000010", quantity: "AI", days}))));
  expect(unfoldD0036(text).rows).toHaveLength(8400);
});
