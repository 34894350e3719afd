import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {starkDf2} from "../../src/sources/stark/df2.ts";
import {samplePath} from "../support/real-data.ts";
import {layoutNamed, sourceRowsOf} from "./source-rows.ts";

const whole = [
  "#F2",
  "#O 1600000000010-test01",
  "#S 1",
  "22/06/2026,23:30,4.25,A",
  "23/06/2026,00:00,0,00E",
  "",
  "#S 3",
  "22/06/2026,23:30,1.5,A",
  "#F2",
  "#O1600000000029",
  "#S2",
  " 22/06/2026 , 23:30:00 , 0.125 , a ",
  "22/06/2026,24:00,7,A"
].join("\n");

const cellsOf = (text: string) => starkDf2.unfold(text).rows.map(({line, cells}) => [line, ...cells]);

test("each reading is a row, under its outstation and sensor, on its own line", () => {
  expect(starkDf2.unfold(whole)).toMatchObject({misshapen: [], issued: null});
  expect(cellsOf(whole)).toEqual([
    [4, "1600000000010", "1", "22/06/2026 23:30", "4.25", "A"],
    [5, "1600000000010", "1", "23/06/2026 00:00", "0", "E"],
    [8, "1600000000010", "3", "22/06/2026 23:30", "1.5", "A"],
    [12, "1600000000029", "2", "22/06/2026 23:30:00", "0.125", "A"],
    [13, "1600000000029", "2", "22/06/2026 24:00", "7", "A"]
  ]);
});

test.each([
  ["CR LF", whole.replaceAll("\n", "\r\n")],
  ["CR", whole.replaceAll("\n", "\r")],
  ["a UTF-8 mark", `\ufeff${whole}`]
])("%s changes nothing", (_what, text) => {
  expect(starkDf2.unfold(text)).toEqual(starkDf2.unfold(whole));
});

test("its layout reads the stamps as ends in GMT, sensors 3 and 4 as reactive, and leaves what is no stamp to be rejected", async () => {
  const more = `${whole}\n#S 4\n01/01/2026,00:30,1,A\n#S 5\n01/01/2026,00:30:15,1,?\n`;
  const rows = await sourceRowsOf(
    "stark-df2",
    starkDf2.unfold(more),
    "meter_text, channel, stamp::varchar, half_hour::varchar, reading::varchar, row_status, is_on_half_hour::varchar"
  );
  expect(rows).toEqual([
    ["1600000000010", "import", "2026-06-22 23:00:00", "47", "4.25", "actual", "true"],
    ["1600000000010", "import", "2026-06-22 23:30:00", "48", "0.0", "estimated", "true"],
    ["1600000000010", "drop", "2026-06-22 23:00:00", "47", "1.5", "actual", "true"],
    ["1600000000029", "import", "2026-06-22 23:00:00", "47", "0.125", "actual", "true"],
    ["1600000000029", "import", null, null, "7.0", "actual", null],
    ["1600000000029", "drop", "2026-01-01 00:00:00", "1", "1.0", "actual", "true"],
    ["1600000000029", null, "2026-01-01 00:00:15", "1", "1.0", null, "false"]
  ]);
  expect(await layoutNamed("stark-df2")).toMatchObject({clock: "utc", confirmation: "unconfirmed"});
});

describe("sensors 1 and 2 of one meter point", () => {
  const sensor = (number: number, value: string) => [`#S ${number}`, `22/06/2026,00:30,${value},A`];
  const of = (...lines: readonly string[]) => ["#F2", "#O 1600000000010-a", ...lines].join("\n");

  test.each([
    ["after", of(...sensor(1, "1.0"), ...sensor(2, "2.0")), 6],
    ["before", of(...sensor(2, "2.0"), ...sensor(1, "1.0")), 4],
    ["at another outstation", of(...sensor(2, "2.0"), "#O 1600000000010-b", ...sensor(1, "1.0")), 4]
  ])("sensor 1 stands and sensor 2 is set aside where it comes %s", (_what, text, line) => {
    const {rows, misshapen} = starkDf2.unfold(text);
    expect(rows.map(({cells}) => cells.slice(0, 4))).toEqual([["1600000000010", "1", "22/06/2026 00:30", "1.0"]]);
    expect(misshapen.map(({line}) => line)).toEqual([line]);
    expect(misshapen[0]?.why).toContain("sensor 2 is active energy beside sensor 1");
  });

  test("sensor 2 stands where another meter point has the sensor 1", () => {
    expect(cellsOf(of(...sensor(2, "2.0"), "#O 1600000000029-b", ...sensor(1, "1.0")))).toHaveLength(2);
  });
});

describe("what is not DF2", () => {
  test.each([
    ["another beginning", "22/06/2026,00:30,1,A\n#F2", "does not begin with #F2"],
    ["nothing", "", "does not begin with #F2"],
    ["a reading under nothing", "#F2\n22/06/2026,00:30,1,A", "line 2: a reading with no outstation"],
    ["a reading under no sensor", "#F2\n#O 1-a\n22/06/2026,00:30,1,A", "line 3: a reading with no sensor"],
    [
      "a reading under the sensor of the outstation before",
      "#F2\n#O 1-a\n#S 1\n#O 2-a\n22/06/2026,00:30,1,A",
      "line 5: a reading with no sensor"
    ],
    ["another mark", "#F2\n#X 1", "line 2: a mark that DF2 has not"]
  ])("%s is refused", (_what, text, reason) => {
    expect(() => starkDf2.unfold(text)).toThrow(FeedError);
    expect(() => starkDf2.unfold(text)).toThrow(reason);
  });

  test("a reading of too few or many cells is misshapen, and the others stand", () => {
    const text = "#F2\n#O 1600000000010-a\n#S 1\n22/06/2026,00:30,1.5\n22/06/2026,01:00,1,5,A\n22/06/2026,01:30,2,A";
    expect(starkDf2.unfold(text).misshapen).toEqual([
      {line: 4, why: "3 cells where date, time, value and status belong"},
      {line: 5, why: "5 cells where date, time, value and status belong"}
    ]);
    expect(cellsOf(text)).toEqual([[6, "1600000000010", "1", "22/06/2026 01:30", "2", "A"]]);
  });

  test("it knows #F2 in either case after blank lines, and nothing else", () => {
    const isOf = (head: string) => starkDf2.isOf({fileName: "x", head});
    for (const head of ["#F2", "\r\n#f2 \r\n#O", "\ufeff#F2"]) expect(isOf(head), head).toBe(true);
    for (const head of ["", "#F22", "# F2", "F2", "#O 1"]) expect(isOf(head), head).toBe(false);
  });
});

test("what a writer wrote is read, reading by reading", () => {
  const reading = fc.record({
    day: fc.integer({min: 1, max: 28}),
    half: fc.integer({min: 0, max: 47}),
    thousandths: fc.nat({max: 9_999_999}),
    status: fc.constantFrom("A", "00A", "E", "01E")
  });
  const block = fc.record({
    mpan: fc.constantFrom("1600000000010", "1600000000029"),
    sensor: fc.constantFrom("1", "3", "4"),
    readings: fc.array(reading, {maxLength: 10})
  });
  const two = (number: number) => String(number).padStart(2, "0");
  const cells = ({
    day,
    half,
    thousandths,
    status
  }: {
    day: number;
    half: number;
    thousandths: number;
    status: string;
  }) => [
    `${two(day)}/02/2026`,
    `${two(Math.trunc(half / 2))}:${half % 2 === 0 ? "00" : "30"}`,
    (thousandths / 1000).toFixed(3),
    status
  ];
  fc.assert(
    fc.property(fc.array(block, {maxLength: 5}), fc.constantFrom("\r\n", "\n", "\r"), (blocks, newline) => {
      const lines = blocks.flatMap(({mpan, sensor, readings}) => [
        "#F2",
        `#O ${mpan}-x`,
        `#S ${sensor}`,
        ...readings.map(reading => cells(reading).join())
      ]);
      const {rows, misshapen} = starkDf2.unfold(["#F2", ...lines].join(newline));
      expect(misshapen).toEqual([]);
      expect(rows.map(row => row.cells)).toEqual(
        blocks.flatMap(({mpan, sensor, readings}) =>
          readings
            .map(cells)
            .map(([date, time, value, status]) => [mpan, sensor, `${date} ${time}`, value, status?.slice(-1)])
        )
      );
    })
  );
});

test("any text is refused with words, or each line of it that could be a reading is a row or misshapen", () => {
  const piece = fc.constantFrom(
    "#F2",
    "#O 1600000000010-a",
    "#S 1",
    "#S 2",
    "22/06/2026,00:30,1,A",
    "x",
    ",,,",
    "\0",
    ""
  );
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 30}), lines => {
      try {
        const {rows, misshapen} = starkDf2.unfold(lines.join("\n"));
        const readings = lines.filter(line => line !== "" && !line.startsWith("#"));
        expect(rows.length + misshapen.length).toBe(readings.length);
      } catch (error) {
        expect(error).toBeInstanceOf(FeedError);
      }
    })
  );
});

const sample = samplePath("01-electricity-industry-flows/stark_df2.txt");
test.runIf(existsSync(sample))(
  "the sample: three half-hours of 0.834 kWh and two of reactive energy, one estimated",
  async () => {
    const text = await readFile(sample, "utf8");
    const {rows, misshapen} = starkDf2.unfold(text);
    expect(starkDf2.isOf({fileName: "stark_df2.txt", head: text})).toBe(true);
    expect(misshapen).toEqual([]);
    expect(rows.map(({cells}) => [cells[1], cells[3], cells[4]])).toEqual([
      ["1", "0.77", "A"],
      ["1", "0.064", "A"],
      ["1", "0", "A"],
      ["3", "0.11", "A"],
      ["3", "0.10", "E"]
    ]);
  }
);
