import {messageOf} from "../../errors.ts";
import {firstOf} from "../../wording/lists.ts";
import {isCounter, type Layout} from "../layout.ts";
import {parseLayout} from "../library.ts";
import {sheetOf} from "../outside.ts";
import {type Block, blocksIn, repeatedHour, unnamedBlock} from "./blocks.ts";
import {clockOfDays, clockOfLong, clockOfReadings} from "./clock.ts";
import {dateColumns, dateWords, noDates} from "./date-column.ts";
import {stampIn} from "./dates.ts";
import {datedRun, eachShape} from "./each-columns.ts";
import type {Guess} from "./guess.ts";
import {tidyJson} from "./json.ts";
import {channelOf, measureOf, statusBeside, statusOf, unitOf} from "./meanings.ts";
import {type MeterOutside, meterOf} from "./meters.ts";
import {markersIn, type NumberForm, numberForm, numberIn} from "./numbers.ts";
import {quantityAbove} from "./quantity-above.ts";
import {readingRowsIn} from "./reading-rows.ts";
import {registerIn} from "./registers.ts";
import {columnsIn, type NoDraft, type Table, type TableColumn, tableIn} from "./table.ts";
import {rowTotalIn} from "./totals.ts";

/** A layout drafted from one file: it is read and loads the file, and what it does not know for sure it says. */
export interface Draft {
  readonly layout: Layout;
  /** As it is written to a file: what the schema fills in is left out. */
  readonly json: string;
  /** What was found, under short headings. */
  readonly found: readonly (readonly [heading: string, words: string])[];
  /** What a person must decide before it is relied on. */
  readonly undecided: readonly string[];
}

interface Given {
  readonly name: string;
  readonly fileName: string;
  readonly feed: string;
}

/** Parts of a layout that hang on whether its rows are days or readings. */
export interface Shaped {
  readonly columns: Layout["columns"];
  readonly date: {readonly column: string; readonly formats: readonly string[]; readonly matches?: string};
  readonly shape: Layout["shape"];
  readonly interval: Layout["interval"];
  readonly dial: {readonly serial?: string} | null;
  readonly clock: Guess<Layout["clock"]>;
  readonly status: Guess<Layout["status"]>;
  readonly quantities: readonly TableColumn[];
  readonly rowTotal: Layout["checks"]["row_total"] | null;
  readonly description: string;
  readonly found: readonly (readonly [string, string])[];
  readonly undecided: readonly string[];
  readonly evidence: string;
  /** Names and words near the quantities, in which their unit may be said. */
  readonly unitTexts: readonly string[];
  readonly rest: readonly TableColumn[];
}

/**
 * Drafts a layout from the first part of a file's text. What can be seen is taken as seen; what cannot be known (the clock, at times the unit) is
 * the more careful choice, and named among the undecided.
 */
export function draftLayout(text: string, given: Given): Draft | NoDraft {
  const table = tableIn(text);
  if ("reason" in table) return table;
  const columns = columnsIn(table);
  const dated = datedRun(columns);
  if (dated !== null)
    return drafted(
      table,
      columns.filter(column => !dated.columns.includes(column)),
      given,
      free => eachShape(table, dated, free)
    );
  const named = table.headerLine === 0 ? [unnamedBlock(columns)].filter(block => block !== null) : blocksIn(columns);
  if ("reason" in named) return named;
  const main = named.find(isOfQuantities);
  const blocks = [...named, ...(main === undefined ? [] : repeatedHour(main, columns))];
  const inBlock = (index: number) => blocks.some(({start, width}) => index >= start && index < start + width);
  const plain = columns.filter(({index}) => !inBlock(index));
  return drafted(table, plain, given, free =>
    blocks.length > 0 ? dayShape(table, columns, blocks, free) : readingShape(table, columns, free)
  );
}

/** Finds the meter among the plain columns of a table, then what the others make of its rows. */
function drafted(
  table: Table,
  plain: readonly TableColumn[],
  given: Given,
  shapeOf: (free: readonly TableColumn[]) => Shaped | NoDraft
): Draft | NoDraft {
  const meter = meterOf(plain, table, given.fileName);
  if ("reason" in meter) return meter;
  const meterColumn = typeof meter.part === "object" && "column" in meter.part ? meter.part.column : null;
  const shaped = shapeOf(plain.filter(({name}) => name !== meterColumn));
  return "reason" in shaped ? shaped : assembled(table, meter, shaped, given);
}

const isOfQuantities = ({columns: {half_hours}}: Block) => half_hours.some(({holds}) => holds === "quantity");

function dayShape(
  table: Table,
  columns: readonly TableColumn[],
  blocks: readonly Block[],
  free: readonly TableColumn[]
): Shaped | NoDraft {
  const [date] = dateColumns(free);
  if (date === undefined) return noDates(free);
  const main = blocks.find(isOfQuantities) as Block;
  const held = heldIn(blocks, columns);
  const words = dateWords(date);
  const dates = date.column.cells.map(cell => stampIn(date.read.formats[0] ?? "", cell)?.date ?? null);
  const form = numberForm(held.quantity.flatMap(({cells}) => cells));
  const rest = free.filter(column => column !== date.column);
  const isPlain = form.decimal === "." && form.thousands === "";
  const rowTotal = isPlain ? rowTotalIn(rest, held.quantity, form) : null;
  const [firstEnd, lastEnd] = main.ends;
  const clock = clockOfDays(dates, held.quantity, {
    isTimes: main.isTimes,
    hasRepeatedHour: blocks.some(({columns: {first}}) => first === 49),
    words: wordsOf(table),
    form
  });
  return {
    columns: columnsFor(table, blocks),
    date: {column: date.column.name, formats: date.read.formats},
    shape: {rows: "day"},
    interval: 30,
    dial: null,
    clock,
    status:
      held.status.length > 0
        ? statusBeside(
            held.status.flatMap(({cells}) => cells),
            held.status[0]?.name ?? ""
          )
        : statusOf(rest),
    quantities: held.quantity,
    rowTotal,
    description: `a row per meter and day, "${firstEnd}" to "${lastEnd}"`,
    found: [
      ["dates", words.found],
      [
        "half-hours",
        `${held.quantity.length} to a row, "${firstEnd}" to "${lastEnd}"${held.status.length > 0 ? ", with a status for each" : ""}`
      ],
      ...(rowTotal === null ? [] : [["check", `"${rowTotal.column}" is the sum of its row, and must be`] as const])
    ],
    undecided: words.undecided,
    evidence: `The columns run "${firstEnd}" to "${lastEnd}". ${words.evidence}`,
    unitTexts: [
      ...held.quantity.map(({name}) => name),
      ...(rowTotal === null ? [] : [rowTotal.column]),
      ...table.preamble
    ],
    rest: rest.filter(({name}) => name !== rowTotal?.column)
  };
}

/** The columns of a table that hold quantities and, where there is one for each, statuses. */
function heldIn(blocks: readonly Block[], columns: readonly TableColumn[]) {
  const of = (held: "quantity" | "status") =>
    blocks.flatMap(({start, width, columns: {half_hours}}) =>
      columns.slice(start, start + width).filter((_, index) => half_hours[index % half_hours.length]?.holds === held)
    );
  return {quantity: of("quantity"), status: of("status")};
}

function columnsFor({names}: Table, blocks: readonly Block[]): Layout["columns"] {
  return names.flatMap((name, index): Layout["columns"] => {
    const block = blocks.find(({start, width}) => index >= start && index < start + width);
    if (block === undefined) return [name];
    return block.start === index ? [block.columns] : [];
  });
}

function readingShape(table: Table, columns: readonly TableColumn[], free: readonly TableColumn[]): Shaped | NoDraft {
  const read = readingRowsIn(free);
  if ("reason" in read) return read;
  const {date, placedBy, quantity, labels} = read;
  const words = dateWords(date);
  const placing = Object.values(placedBy).filter(text => text !== undefined);
  const rest = free.filter(column => ![date.column, quantity].includes(column) && !placing.includes(column.name));
  return {
    columns: columns.map(({name}) => name),
    date: {column: date.column.name, formats: date.read.formats},
    shape: {rows: "reading", quantity: quantity.name, placed_by: placedBy},
    interval: read.interval,
    dial: read.dial,
    clock:
      typeof read.interval === "string"
        ? clockOfLong
        : clockOfReadings(labels, {
            isPeriods: "period" in placedBy,
            hasZone: date.read.hasZone || /%z|Z$/.test(date.read.formats[0] ?? ""),
            isEnd: "stamp" in placedBy && placedBy.stamp === "end",
            words: wordsOf(table)
          }),
    status: statusOf(rest),
    quantities: [quantity],
    rowTotal: null,
    description: `a row per reading, "${date.column.name}" and "${quantity.name}"`,
    found: [
      ["dates", words.found],
      ["half-hours", read.found]
    ],
    undecided: [...words.undecided, ...read.undecided],
    evidence: words.evidence,
    unitTexts: [quantity.name, ...table.preamble],
    rest
  };
}

const wordsOf = ({preamble, names}: Table) => [...preamble, ...names].join(" ");

function assembled(table: Table, meter: MeterOutside, shaped: Shaped, given: Given): Draft | NoDraft {
  const cells = shaped.quantities.flatMap(column => column.cells);
  const form = numberForm(cells);
  const missing = markersIn(cells).filter(text => !text.includes(table.separator) && !text.includes('"'));
  const unitTexts = [...shaped.unitTexts, sheetOf(given.fileName)];
  const unit = unitOf(shaped.rest, unitTexts);
  const above = quantityAbove(table, given.fileName);
  if (above !== null && "reason" in above) return above;
  const channel = above ?? channelOf(shaped.rest, `${given.fileName} ${wordsOf(table)}`);
  const measure = registerOf(shaped, meter, table, form) ?? measureOf(shaped.rest, unitTexts);
  const outside = [...(meter.outside ?? []), ...(above?.outside ?? [])];
  const {clock, status} = shaped;
  const isOfCounter = isCounter({measure: measure.part});
  const shape = isOfCounter ? asInstants(shaped.shape) : shaped.shape;
  const undecided = [
    ...[meter, clock, unit, measure, channel, status].flatMap(guess => guess.undecided),
    ...shaped.undecided.filter(text => !isOfCounter || !text.startsWith("Start or end.")),
    ...negativeWords(cells, form)
  ];
  const draft = {
    name: given.name,
    description: `Draft from ${given.fileName}: ${shaped.description}`,
    evidence: evidenceOf(shaped, clock.found, undecided),
    confirmation: "unconfirmed",
    feed: given.feed,
    ...(table.separator === "," ? {} : {separator: table.separator}),
    columns: shaped.columns,
    ...(table.headerLine === 0 ? {header: "none"} : {}),
    ...(outside.length === 0 ? {} : {outside}),
    ...(table.tables === 1 ? {} : {tables: "stacked"}),
    meter: meter.part,
    date: shaped.date,
    shape,
    ...(shaped.interval === 30 ? {} : {interval: shaped.interval}),
    ...("is" in measure.part && measure.part.is === "interval" ? {} : {measure: measure.part}),
    ...(shaped.dial === null || shaped.dial.serial === undefined ? {} : {dial: shaped.dial}),
    clock: clock.part,
    unit: unit.part,
    channel: channel.part,
    status: status.part,
    missing,
    ...(form.decimal === "." && form.thousands === "" ? {} : {number: form}),
    ...(shaped.rowTotal === null ? {} : {checks: {row_total: shaped.rowTotal}})
  };
  const json = `${tidyJson(draft)}\n`;
  const found = [
    ...headerWords(table),
    ["meters", meter.found],
    ...shaped.found,
    ["clock", clock.found],
    ["unit", unit.found],
    ...("is" in measure.part && measure.part.is === "interval" ? [] : [["quantity", measure.found] as const]),
    ["direction", channel.found],
    ["estimates", status.found],
    ...unreadWords(shaped.rest, [unit, measure, channel, status])
  ] as const;
  return checked(json, found, undecided, given.name);
}

/** Whether the readings are what a register stood at: read now and then, or often and only rising. */
const registerOf = (
  shaped: Shaped,
  meter: MeterOutside,
  table: Table,
  form: NumberForm
): Guess<Layout["measure"]> | null =>
  shaped.dial === null
    ? registerIn(shaped, meter, columnsIn(table), form)
    : {part: {is: "counter"}, found: "what a dial stood at", undecided: []};

/** A register is read at an instant, which begins what it counts from there. */
function asInstants(shape: Layout["shape"]): Layout["shape"] {
  return shape.rows === "reading" && "stamp" in shape.placed_by
    ? {...shape, placed_by: {...shape.placed_by, stamp: "start"}}
    : shape;
}

/** Columns that the draft does not use, so that none is left out unseen. */
function unreadWords(rest: readonly TableColumn[], guesses: readonly Guess<object>[]): (readonly [string, string])[] {
  const used = guesses.flatMap(({part}) => ("column" in part ? [part.column] : []));
  const names = rest.filter(({name}) => name !== "" && !used.includes(name)).map(({name}) => `"${name}"`);
  return names.length === 0 ? [] : [["not read", firstOf(names, 12)]];
}

function checked(json: string, found: Draft["found"], undecided: readonly string[], name: string): Draft | NoDraft {
  try {
    return {layout: parseLayout(json, name), json, found, undecided};
  } catch (error) {
    const problem = messageOf(error)
      .replace(/^layout \S+: /, "")
      .replaceAll(/\s*\n\s*/g, " ");
    return {reason: `the draft that was made of it does not hold together: ${problem}`};
  }
}

function evidenceOf(shaped: Shaped, clock: string, undecided: readonly string[]): string {
  const open = undecided
    .map(text => text.slice(0, text.indexOf(".")))
    .join(", ")
    .toLowerCase();
  const decide = open === "" ? "" : ` To be decided: ${open}.`;
  return `Drafted by canopy from a file. ${shaped.evidence} Clock: ${clock}.${decide} Unconfirmed: its readings have not been compared with a known load.`;
}

function headerWords({headerLine, names, separator, oddRows, tables}: Table): (readonly [string, string])[] {
  const marks: Readonly<Record<string, string>> = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"};
  const odd =
    oddRows.length === 0
      ? ""
      : `; ${oddRows.length} rows have another number of cells, first line ${oddRows[0]?.line}, and will be rejected`;
  return [
    [
      "header",
      `${headerLine === 0 ? "none" : `line ${headerLine}`}, ${names.length} columns between ${marks[separator]}${tables === 1 ? "" : `; ${tables} tables stand under one another`}${odd}`
    ]
  ];
}

function negativeWords(cells: readonly string[], form: NumberForm): string[] {
  const negative = cells.find(cell => (numberIn(cell, form) ?? 0) < 0);
  return negative === undefined
    ? []
    : [
        `Negative readings. There are some, such as ${negative}: their rows will be rejected. If they are right put "may_be_negative": true.`
      ];
}
