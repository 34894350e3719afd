import {clockWords} from "../../layouts/draft/clock.ts";
import {formatWords} from "../../layouts/draft/dates.ts";
import {type Column, columnsOf, type Layout} from "../../layouts/layout.ts";
import type {RecordFormat} from "../../sources/record-format.ts";
import {firstOf} from "../../wording/lists.ts";

/** A form of file that canopy reads: a layout of half-hours, or a format of records. */
export type Form = Layout | RecordFormat;

/** Words under a heading. */
export type Said = readonly [heading: string, words: string];

export const isLayout = (form: Form): form is Layout => "columns" in form;

/** The mark of a form that nobody has checked against a real file. */
export const needsFile = "not yet checked against a real file";

/** How a layout reads each part of a file, in words. */
export function readingWords(layout: Layout): Said[] {
  return [
    ["meters", meterWords(layout)],
    ["dates", dateWords(layout)],
    ["half-hours", halfHourWords(layout)],
    ["clock", clockWords[layout.clock]],
    ["unit", unitWords(layout)],
    ["direction", meaningWords(layout.channel)],
    ["estimates", statusWords(layout)],
    ["no reading", ["an empty cell", ...layout.missing.map(text => `"${text}"`)].join(", or ")],
    ...numberWords(layout),
    ...dropWords(layout),
    ...checkWords(layout)
  ];
}

const kinds: Readonly<Record<string, string>> = {
  mpan: "an MPAN: 13 digits, the last of them a check digit",
  mprn: "an MPRN, 6 to 10 digits",
  mpxn: "an MPAN, MPRN or SPID",
  spid: "a SPID of a water supply",
  name: "a name or number of the sender's own: write it the same way in council/meter-points.csv"
};

function meterWords({meter}: Layout): string {
  if (meter === "given")
    return "not in the file: give it with --meter-point, or put the file in an inbox folder named after the meter";
  const kind = kinds[meter.kind] ?? meter.kind;
  if ("column" in meter)
    return `in the column "${meter.column}"${meter.pattern === undefined ? "" : ", within its words"}: ${kind}`;
  return `${"file_name" in meter ? "in the name of the file" : "in the lines above the header"}: ${kind}`;
}

function dateWords({date, shape}: Layout): string {
  const ways = date.formats.map(formatWords).join(" or ");
  const time = shape.rows === "reading" && "stamp" in shape.placed_by && shape.placed_by.time !== undefined;
  const offset =
    date.offset_days === 0
      ? ""
      : `, which lies ${Math.abs(date.offset_days)} days ${date.offset_days < 0 ? "after" : "before"} its readings`;
  return `in the column "${date.column}", written ${ways}${time ? ", with the time in its own column" : ""}${offset}`;
}

function halfHourWords(layout: Layout): string {
  const {shape} = layout;
  if (shape.rows === "day") {
    const names = quantitiesOf(layout);
    return `a row for each meter and day, ${names.length} columns from "${names[0]}" to "${names.at(-1)}"; the first is the first half-hour of the day`;
  }
  const by = shape.placed_by;
  if ("period" in by)
    return `a row for each reading, in "${shape.quantity}"; "${by.period}" is its settlement period, 1 to 50`;
  if ("until" in by) return `a row for each period, in "${shape.quantity}"; "${by.until}" is its last day`;
  if ("date" in by) return `a row for each ${layout.interval}, in "${shape.quantity}"`;
  const named = by.time ?? layout.date.column;
  return `a row for each reading, in "${shape.quantity}"; "${named}" is when the half-hour ${by.stamp}s`;
}

const quantitiesOf = (layout: Layout) =>
  columnsOf(layout).flatMap(({holds, name}) => (holds === "quantity" ? [name] : []));

type Meaning = {readonly is: string} | {readonly column: string; readonly means: Readonly<Record<string, string>>};

function meaningWords(meaning: Meaning): string {
  return "is" in meaning ? meaning.is : `by the column "${meaning.column}": ${meansWords(meaning.means)}`;
}

function meansWords(means: Readonly<Record<string, string>>): string {
  return Object.entries(means)
    .map(([text, meaning]) => `${text === "" ? "nothing" : text} is ${meaning === "drop" ? "skipped" : meaning}`)
    .join(", ");
}

function unitWords({unit}: Layout): string {
  if ("is" in unit && unit.is === "metered")
    return "not in the file: add it for each meter to council/meters.csv. Until then its readings are kept but not counted";
  return meaningWords(unit);
}

function statusWords({status}: Layout): string {
  if ("beside" in status) return `by a column next to each half-hour: ${meansWords(status.beside)}`;
  return "is" in status ? `the file does not say: all are ${status.is}` : meaningWords(status);
}

function numberWords({number, may_be_negative}: Layout): Said[] {
  const words = [
    ...(number.decimal === "," ? ["a comma is the decimal point"] : []),
    ...(number.thousands === "" ? [] : ["thousands have a separator"]),
    ...(may_be_negative ? ["they may be negative"] : [])
  ];
  return words.length === 0 ? [] : [["numbers", words.join("; ")]];
}

function dropWords({drop, unit, channel}: Layout): Said[] {
  const meant = [unit, channel].flatMap(meaning =>
    "means" in meaning
      ? Object.entries(meaning.means).flatMap(([text, value]) =>
          value === "drop" ? [`"${meaning.column}" is ${text}`] : []
        )
      : []
  );
  const matched = drop.map(({column, matches}) => `"${column}" matches ${matches}`);
  return [
    ["skipped", [...meant, ...matched].length === 0 ? "no rows" : `rows where ${[...meant, ...matched].join(", or ")}`]
  ];
}

function checkWords({checks: {row_total, daily_sequence}}: Layout): Said[] {
  const words = [
    ...(row_total === undefined
      ? []
      : [`"${row_total.column}" must be the sum of its row, within ${row_total.tolerance}`]),
    ...(daily_sequence === undefined ? [] : [`"${daily_sequence.by}" must go up by one with each day of a meter`])
  ];
  return words.length === 0 ? [] : [["checks", words.join("; ")]];
}

/** The columns of a layout, each run of half-hours as its first and last. */
export function columnWords(layout: Layout): string {
  const columns = columnsOf(layout);
  const isOfBlock = ({holds}: Column) => holds !== "text";
  const shown = columns.flatMap((column, index) => {
    if (!isOfBlock(column)) return [column.name === "" ? "(no name)" : column.name];
    const before = columns[index - 1];
    if (before !== undefined && isOfBlock(before)) return [];
    const after = columns.findIndex((other, at) => at > index && !isOfBlock(other));
    const run = columns.slice(index, after === -1 ? columns.length : after);
    return [`${run[0]?.name} … ${run.at(-1)?.name} (${run.length} columns)`];
  });
  return shown.length > 60 ? firstOf(shown, 30) : shown.join(", ");
}

const recordKinds: Readonly<Record<RecordFormat["kind"], string>> = {
  fuel: "fuel bought with cards: product, quantity, cost, vehicle",
  tank: "a fuel tank, in litres: deliveries in, fuel taken out, and measured levels",
  charging: "charging sessions of electric vehicles, in kWh",
  distance: "journeys of vehicles, in km",
  vehicle: "what is known of vehicles: make, fuel, CO2",
  read: "what the registers of meters read",
  bill: "bills: a meter, a period, a quantity, an amount",
  observation: "published figures: a series, a place, a time, a value"
};

/** What a format of records gives, in words. */
export const recordWords = ({kind, provider}: RecordFormat): Said[] => [
  ["records", recordKinds[kind]],
  ["provider", provider]
];
