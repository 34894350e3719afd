import fc from "fast-check";
import {expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {unfoldD0036} from "../../src/sources/industry-flows/d0036.ts";
import type {Unfolded} from "../../src/sources/text/unfolded.ts";
import {bodyOf, type Day, fileOf, type Meter, oneDay, type Reading} from "./d0036-file.ts";

/** Dates of all lengths, with their half-hours by hand. */
const lengths: Record<string, number> = {
  "20260101": 48,
  "20260328": 48,
  "20260329": 46,
  "20260623": 48,
  "20261025": 50,
  "20261026": 48,
  "20270328": 46,
  "20271031": 50
};

const value = fc.oneof(
  fc.integer({min: -999_999, max: 999_999}).map(tenths => (tenths / 10).toFixed(1)),
  fc.constantFrom("", "0", "0.0", "-0.0", "+4.5", "000012.5")
);
const reading: fc.Arbitrary<Reading> = fc.tuple(fc.constantFrom("A", "E"), value);
const padding: fc.Arbitrary<Reading> = fc.tuple(fc.constant("C"), fc.constantFrom("0.0", "", "9.9"));

interface PlannedDay extends Day {
  /** What of its readings is of half-hours. */
  readonly halfHours: readonly Reading[];
}

const day: fc.Arbitrary<PlannedDay> = fc
  .constantFrom(...Object.keys(lengths))
  .chain(date =>
    fc.record({
      date: fc.constant(date),
      halfHours: fc.array(reading, {minLength: lengths[date] ?? 0, maxLength: lengths[date] ?? 0}),
      fillers: fc.array(fc.tuple(fc.nat({max: 46}), padding), {maxLength: 4})
    })
  )
  .map(({date, halfHours, fillers}) => {
    const readings = fillers.reduce<readonly Reading[]>((all, [at, filler]) => all.toSpliced(at, 0, filler), halfHours);
    return {date, halfHours, readings};
  });

const meters = fc.array(
  fc.record({
    mpan: fc.constantFrom("1600000000010", "1600000000029", "1600000000038"),
    quantity: fc.constantFrom("AI", "AE", "RI", "RE", "UN"),
    days: fc.array(day, {minLength: 1, maxLength: 3})
  }),
  {maxLength: 3}
);

function expectedRows(planned: readonly {mpan: string; quantity: string; days: readonly PlannedDay[]}[]): string[][] {
  const filled = (cells: readonly string[]) => Array.from({length: 50}, (_, index) => cells[index] ?? "");
  return planned.flatMap(({mpan, quantity, days}) =>
    days.map(({date, halfHours}) => [
      mpan,
      quantity,
      date,
      ...filled(halfHours.map(([, text]) => text)),
      ...filled(halfHours.map(([status]) => status))
    ])
  );
}

test("what a writer wrote is read, whatever the meters, days, statuses, padding and line ends", () => {
  fc.assert(
    fc.property(meters, fc.constantFrom("\r\n", "\n", "\r"), (planned, newline) => {
      const body = bodyOf(planned);
      const {rows, misshapen} = unfoldD0036(fileOf(body, newline));
      expect(misshapen).toEqual([]);
      expect(rows.map(({cells}) => cells)).toEqual(expectedRows(planned));
      expect(rows.map(({line}) => body[line - 2]?.slice(0, 3))).toEqual(rows.map(() => "102"));
    })
  );
});

/** What becomes of a text: null where it is refused. */
function outcome(text: string): Unfolded | null {
  try {
    return unfoldD0036(text);
  } catch (error) {
    expect(error).toBeInstanceOf(FeedError);
    return null;
  }
}

const wellFormed: readonly Meter[] = [
  {mpan: "1600000000010", quantity: "AI", days: [dayOf("20260623", 48), dayOf("20261025", 50)]},
  {mpan: "1600000000029", quantity: "AE", days: [dayOf("20260329", 46)]}
];

function dayOf(date: string, count: number): Day {
  return {date, readings: Array.from({length: count}, (_, index) => [index % 7 === 0 ? "E" : "A", `${100 + index}.5`])};
}

test.each(["\r\n", "\n"])("a file with any line dropped is refused (line ends %j)", newline => {
  const lines = fileOf(bodyOf(wellFormed), newline).trimEnd().split(newline);
  expect(lines).toHaveLength(151);
  for (const at of lines.keys()) expect(outcome(lines.toSpliced(at, 1).join(newline)), lines[at]).toBeNull();
});

test("a file cut anywhere before its trailer's counts are complete is refused", () => {
  const text = fileOf(bodyOf(wellFormed));
  const counted = text.lastIndexOf("|20260624141614|");
  for (let length = 0; length < counted; length += 1) expect(outcome(text.slice(0, length)), `${length}`).toBeNull();
});

/** Readings that differ between two files of the same days, of which there is no more than one when one byte is lost. */
function differingReadings(before: Unfolded, after: Unfolded): number {
  const readings = ({rows}: Unfolded) => rows.flatMap(({cells}) => cells.slice(3));
  const [old, now] = [readings(before), readings(after)];
  expect(now).toHaveLength(old.length);
  return now.filter((cell, index) => cell !== old[index]).length;
}

test.each(["\r\n", "\n"])("a byte lost costs the file, its day, or the one value it was of (line ends %j)", newline => {
  const text = fileOf(bodyOf(wellFormed), newline);
  const before = unfoldD0036(text);
  for (let at = 0; at < text.length; at += 1) {
    const after = outcome(text.slice(0, at) + text.slice(at + 1));
    if (after === null || after.misshapen.length > 0) continue;
    expect(differingReadings(before, after), `${at}`).toBeLessThanOrEqual(1);
  }
});

test("no text is read in part: it is refused, or each day of it is a row or misshapen", () => {
  const shreds = fc.array(
    fc.constantFrom(
      "101|1600000000010|AI|X|",
      "102|20260623|",
      "102|x|",
      "103|A|1.0|",
      "103|C||",
      "103|E|",
      "ZPT|1|",
      "",
      "|",
      "104|"
    ),
    {maxLength: 60}
  );
  fc.assert(
    fc.property(shreds, body => {
      const after = outcome(fileOf(body.filter(line => line !== "")));
      const days = body.filter(line => line.startsWith("102")).length;
      const empty = body.filter(
        (line, at) =>
          line.startsWith("101") &&
          !body
            .slice(at + 1)
            .find(isLevel)
            ?.startsWith("102")
      );
      if (after !== null) expect(after.rows.length + after.misshapen.length).toBe(days + empty.length);
    }),
    {numRuns: 1000}
  );
});

const isLevel = (line: string) => line.startsWith("101") || line.startsWith("102");

test("any other text is refused with words", () => {
  fc.assert(fc.property(fc.string({unit: "binary"}), text => void expect(outcome(text)).toBeNull()));
  fc.assert(fc.property(fc.string({unit: "binary"}), text => void outcome(oneDay(text, [["A", text]]))));
});
