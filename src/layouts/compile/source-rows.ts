import {periodsOn, slotsADay} from "../../domain/settlement.ts";
import {type Column, columnsOf, countsSince1970, dateFormatsOf, isCounter, type Layout, minutesOf} from "../layout.ts";
import {bit, isOneOf, literal, mask} from "./sql.ts";

/** What stands outside the table of one file, by the names that its layout gives. */
export type Outside = Readonly<Record<string, string>>;

/** Reads the file named by $1 into rows of the same columns whatever the layout; `numbered` files carry their line number first. */
export function sourceRows(
  layout: Layout,
  {skip, isNumbered}: {skip: number; isNumbered: boolean},
  outside: Outside = {}
): string {
  const columns = columnsOf(layout);
  const position = (name: string) => {
    const at = columns.findIndex(column => column.name === name);
    return at === -1 ? `${literal(outside[name] ?? "")}::varchar` : `c${at}`;
  };
  const {dial} = layout;
  const sequence = layout.checks.daily_sequence;
  const total = layout.checks.row_total;
  return `
    select
      ${isNumbered ? "line" : "null::bigint"} as line,
      ${isNumbered} as is_numbered,
      ${meterText(layout, position)} as meter_text,
      ${dateText(layout, position)} as date_text,
      ${passedOver(layout, position)} as is_passed_over,
      ${meaningOf(layout.unit, position)} as unit,
      ${meaningOf(layout.channel, position)} as channel,
      ${"beside" in layout.status ? "'actual'" : meaningOf(layout.status, position)} as row_status,
      ${meaningOf(layout.measure, position)} as row_measure,
      ${[layout.unit, layout.channel, layout.status, layout.measure].map((meaning, index) => `${isNumbered ? meantText(meaning, position) : "null::varchar"} as ${meantTexts[index]}`).join(", ")},
      ${dial.serial === undefined ? "null::varchar" : `trim(${position(dial.serial)})`} as serial,
      ${dial.register === undefined ? "''" : `coalesce(trim(${position(dial.register)}), '')`} as register,
      ${sequence ? `try_cast(trim(${position(sequence.by)}) as bigint)` : "null::bigint"} as sequence_number,
      ${total ? `coalesce(${position(total.column)}, '')` : "''"} as row_total_text,
      try_cast(trim(${plainNumber(layout, "row_total_text")}) as double) as row_total,
      ${layout.shape.rows === "day" ? dayCells(layout, columns, isNumbered) : readingCells(layout, layout.shape, position, isNumbered)}
    from read_csv($1, auto_detect = false, header = false, skip = ${skip}, delim = ${literal(layout.separator)},
      quote = '"', escape = '"', strict_mode = true, null_padding = false, decimal_separator = ${literal(layout.number.decimal)},
      nullstr = [${["", ...layout.missing].map(literal).join(", ")}],
      columns = {${[...(isNumbered ? ["'line': 'BIGINT'"] : []), ...columns.map((column, index) => `'c${index}': '${isNumbered ? "VARCHAR" : typeOf(layout, column)}'`)].join(", ")}}
      ${isNumbered ? ", ignore_errors = true, store_rejects = true" : ""})`;
}

function typeOf(layout: Layout, column: Column): string {
  const isReading = layout.shape.rows === "reading" && column.name === layout.shape.quantity;
  return column.holds === "quantity" || isReading ? "DOUBLE" : "VARCHAR";
}

type Position = (name: string) => string;

function meterText({meter}: Layout, position: Position): string {
  if (meter === "given" || !("column" in meter)) return "$2::varchar";
  const cell = `coalesce(${position(meter.column)}, '')`;
  return meter.pattern === undefined ? cell : `regexp_extract(${cell}, ${literal(meter.pattern)}, 1)`;
}

function dateText({date, shape}: Layout, position: Position): string {
  const cell = `coalesce(${position(date.column)}, '')`;
  const time = shape.rows === "reading" && "stamp" in shape.placed_by ? shape.placed_by.time : undefined;
  return time === undefined ? cell : `${cell} || ' ' || coalesce(${position(time)}, '')`;
}

/** Rows that the layout skips, and the header where it is repeated. */
function passedOver({date, drop, header}: Layout, position: Position): string {
  const cell = (name: string) => `coalesce(${position(name)}, '')`;
  const again =
    header === "none" || date.column === ""
      ? []
      : [`upper(trim(${cell(date.column)})) = ${literal(date.column.trim().toUpperCase())}`];
  const dropped = drop.map(({column, matches}) => `regexp_matches(${cell(column)}, ${literal(matches)}, 'i')`);
  return `(${[...again, ...dropped].join(" or ") || "false"})`;
}

type Meaning = {is: string} | {column: string; means: Record<string, string>; are_patterns?: true | undefined};

/** The columns that hold the texts whose meanings were asked for, in the order of their meanings. */
const meantTexts = ["unit_text", "channel_text", "status_text", "measure_text"];

/** A constant, or what the text of a column means; null where it means nothing known. */
function meaningOf(meaning: Meaning, position: Position): string {
  if ("is" in meaning) return literal(meaning.is);
  const cell = `trim(coalesce(${position(meaning.column)}, ''))`;
  const cases = Object.entries(meaning.means).map(([text, value]) =>
    meaning.are_patterns
      ? `when regexp_matches(${cell}, ${literal(text)}, 'i') then ${literal(value)}`
      : `when ${literal(text.toUpperCase())} then ${literal(value)}`
  );
  return `case ${meaning.are_patterns ? "" : `upper(${cell})`} ${cases.join(" ")} end`;
}

/** The text that a row gives for a meaning; null where it gives none. */
const meantText = (meaning: object, position: Position) =>
  "column" in meaning ? `trim(coalesce(${position(String(meaning.column))}, ''))` : "null::varchar";

/** A number of the file as energy: of a power, as much as it comes to in so many minutes. */
function asEnergy({measure}: Layout, number: string, minutes: number): string {
  if ("is" in measure) return measure.is === "mean power" ? `(${number} * ${minutes} / 60)` : number;
  return `(${number} * if(row_measure = 'mean power', ${minutes}, 60) / 60)`;
}

/**
 * The half-hours of a day row. The quick way has the reader make numbers of them; numbered, each is text, and one that is no number is named in
 * `broken_cells` and holds nothing.
 */
function dayCells(layout: Layout, columns: readonly Column[], isNumbered: boolean): string {
  const cells = (held: Column["holds"]) =>
    columns
      .flatMap(({holds, name, halfHour}, index) => (holds === held ? [{cell: `c${index}`, name, halfHour}] : []))
      .sort((a, b) => (a.halfHour ?? 0) - (b.halfHour ?? 0));
  const quantities = cells("quantity");
  const numbers = quantities.map(({cell}) => asEnergy(layout, numberIn(layout, cell, isNumbered), 30));
  const padding = Array.from({length: slotsADay - quantities.length}, () => "0");
  const values = [...numbers.map(number => `coalesce(${number}, 0)`), ...padding];
  const broken = quantities.map(
    ({cell, name}) => `case when ${isBroken(layout, cell)} then ${literal(`${name}: `)} || trim(${cell}) end`
  );
  return `
      ${parsedDate(layout, dateCell(layout, columns))} as stamp,
      [${values.join(", ")}]::double[${slotsADay}] as quantity,
      ${isNumbered ? `list_filter([${broken.join(", ")}], cell -> cell is not null)` : "[]::varchar[]"} as broken_cells,
      ${masks(
        layout,
        numbers,
        cells("status").map(({cell}) => cell)
      )}`;
}

/** Numbered, each cell is text; its digits are grouped and its point is written as the layout says. */
function numberIn(layout: Layout, cell: string, isNumbered: boolean): string {
  return isNumbered ? `${numberMacro(layout)}(${plainNumber(layout, cell)})` : cell;
}

/** No reading of an hour or less is above what a supply holds; what a register stands at, or comes to in days, may be. */
const numberMacro = (layout: Layout) => (isCounter(layout) || minutesOf(layout) === null ? "as_amount" : "as_number");

function plainNumber({number: {decimal, thousands}}: Layout, cell: string): string {
  const grouped = thousands === "" ? cell : `replace(${cell}, ${literal(thousands)}, '')`;
  return decimal === "." ? grouped : `replace(${grouped}, ',', '.')`;
}

const isBroken = (layout: Layout, cell: string) =>
  `${cell} is not null and ${numberMacro(layout)}(${plainNumber(layout, cell)}) is null and not ${isOneOf(`trim(${cell})`, ["", ...layout.missing])}`;

/** The instant or day in a cell, without the fraction of a second, moved by as many days as the layout says. */
function parsedDate(layout: Layout, cell: string): string {
  const {date} = layout;
  const all = dateFormatsOf(layout);
  const formats = `[${all
    .filter(format => countsSince1970[format] === undefined)
    .map(literal)
    .join(", ")}]`;
  const text =
    date.matches === undefined
      ? `trim(coalesce(${cell}, ''))`
      : `regexp_extract(coalesce(${cell}, ''), ${literal(date.matches)}, 1)`;
  const whole = `regexp_replace(${text}, '(:[0-9]{2})[.,][0-9]+', '\\1')`;
  const counted = all.flatMap(format => countedDate(text, format));
  const written = date.formats.some(format => format.includes("%S"))
    ? [`try_strptime(${text}, ${formats})`, `try_strptime(${whole}, ${formats})`]
    : [`try_strptime(${text}, ${formats})`];
  const ways = [...written, ...counted];
  const parsed = ways.length === 1 ? ways.join() : `coalesce(${ways.join(", ")})`;
  return date.offset_days === 0 ? parsed : `(${parsed} + interval (${date.offset_days}) days)`;
}

/** The instant of a count since 1970. */
function countedDate(text: string, format: string): string[] {
  const count = countsSince1970[format];
  if (count === undefined) return [];
  const isCount = `regexp_full_match(${text}, '\\d{${count.digits}}')`;
  return [`make_timestamp(if(${isCount}, try_cast(${text} as bigint), null) * ${1000 * count.milliseconds})`];
}

const dateCell = (layout: Layout, columns: readonly Column[]) =>
  `c${columns.findIndex(({name}) => name === layout.date.column)}`;

/** Masks of the half-hours that are present and estimated. Where no cell is empty, which is most rows, one sum says so. */
function masks(layout: Layout, quantities: readonly string[], statuses: readonly string[]): string {
  const each = (condition: (cell: string, index: number) => string) =>
    quantities
      .map((cell, index) => `(case when ${condition(cell, index)} then ${bit(index)} else 0::ubigint end)`)
      .join(", ");
  if (!("beside" in layout.status)) {
    const all = mask(quantities.map((_, index) => index));
    return `
      (case when ${quantities.join(" + ")} is not null then ${all}::ubigint else list_bit_or([${each(cell => `${cell} is not null`)}]) end) as present,
      (case row_status when 'estimated' then present else 0::ubigint end) as estimated,
      false as has_unknown_status`;
  }
  const {beside} = layout.status;
  const meaning = (wanted: string) =>
    Object.entries(beside).flatMap(([text, value]) => (value === wanted ? [text.toUpperCase()] : []));
  const status = (index: number) => `upper(trim(coalesce(${statuses[index]}, '')))`;
  const known = Object.keys(beside).map(text => text.toUpperCase());
  const whole = wholeDays(quantities, meaning("actual"), meaning("missing"));
  return `
      upper(concat_ws('|', ${statuses.map(cell => `coalesce(${cell}, '')`).join(", ")})) as statuses,
      case ${whole} end as whole_day,
      coalesce(whole_day, list_bit_or([${each((cell, index) => `${cell} is not null and not ${isOneOf(status(index), meaning("missing"))}`)}])) as present,
      case when whole_day is not null then 0::ubigint else list_bit_or([${each((cell, index) => `${cell} is not null and ${isOneOf(status(index), meaning("estimated"))}`)}]) end as estimated,
      whole_day is null and list_bit_or([${each((cell, index) => `${cell} is not null and (not ${isOneOf(status(index), known)} or (${cell} <> 0 and ${isOneOf(status(index), meaning("missing"))}))`)}]) <> 0 as has_unknown_status`;
}

/** A day of 46, 48 or 50 half-hours whose statuses, taken together, say that each is an actual: most days, at a glance. Anything else is looked at cell by cell. */
function wholeDays(quantities: readonly string[], actual: readonly string[], missing: readonly string[]): string {
  const days = [...new Set(Object.values(periodsOn))].filter(periods => periods <= quantities.length);
  const texts = (periods: number) =>
    actual.flatMap(text =>
      [...new Set(["", ...missing])].map(end => quantities.map((_, index) => (index < periods ? text : end)).join("|"))
    );
  return days
    .map(periods => {
      const held = quantities.slice(0, periods).join(" + ");
      const after = quantities.slice(periods).map(cell => ` and ${cell} is null`);
      const all = mask(Array.from({length: periods}, (_, index) => index));
      return `when list_contains([${texts(periods).map(literal).join(", ")}], statuses) and ${held} is not null${after.join("")} then ${all}::ubigint`;
    })
    .join("\n        ");
}

type ReadingShape = Extract<Layout["shape"], {rows: "reading"}>;

function readingCells(
  layout: Layout,
  {quantity, placed_by: by}: ReadingShape,
  position: Position,
  isNumbered: boolean
): string {
  const cell = position(quantity);
  const day = parsedDate(layout, position(layout.date.column));
  const time =
    "stamp" in by && by.time !== undefined ? `to_minutes(${minutesIn(position(by.time), by.midnight)})` : null;
  const labelled = time === null ? day : `(${day} + ${time})`;
  const minutes = minutesOf(layout);
  const isEnd = "stamp" in by && by.stamp === "end" && !isCounter(layout) && minutes !== null;
  const stamp = isEnd ? `${labelled} - interval ${minutes} minutes` : labelled;
  const energy = isCounter(layout)
    ? (number: string) => number
    : (number: string) => asEnergy(layout, number, minutes ?? 60);
  return `
      ${minutes === null ? `date_trunc('day', ${stamp})` : stamp} as stamp,
      ${"until" in by ? parsedDate(layout, position(by.until)) : "null::timestamp"} as until,
      ${placed(by, minutes, position)},
      ${energy(numberIn(layout, cell, isNumbered))} as reading,
      ${isNumbered ? `case when ${isBroken(layout, cell)} then [trim(${cell})] else []::varchar[] end` : "[]::varchar[]"} as broken_cells`;
}

/** Whether a reading begins where one of its length can, and which of them it is in its day, from 1: a half-hour, a quarter of an hour, an hour. */
function placed(by: ReadingShape["placed_by"], minutes: number | null, position: Position): string {
  if ("period" in by) {
    const text = `trim(${position(by.period)})`;
    return `true as is_on_half_hour, case when regexp_full_match(${text}, '[0-9]{1,2}') then try_cast(${text} as integer) end as half_hour`;
  }
  if (minutes === null) return "true as is_on_half_hour, 1::integer as half_hour";
  return `(epoch(stamp)::bigint % ${60 * minutes} = 0) as is_on_half_hour, ((60 * hour(stamp) + minute(stamp)) // ${minutes} + 1)::integer as half_hour`;
}

/** Minutes since midnight in a cell such as "07:30", "7:30", "0730", "730", "07:30:00" or "24:00". */
function minutesIn(column: string, midnight: "row date" | "day before"): string {
  const cell = `trim(coalesce(${column}, ''))`;
  const digits = `lpad(replace(regexp_replace(${cell}, ':00$', if(len(${cell}) > 5, '', ':00')), ':', ''), 4, '0')`;
  const minutes = `(60 * try_cast(left(${digits}, 2) as bigint) + try_cast(right(${digits}, 2) as bigint))`;
  const written = `regexp_full_match(${cell}, '[0-9]{1,4}|[0-9]{1,2}:[0-5][0-9](:00)?') and right(${digits}, 2) < '60' and ${minutes} <= 1440`;
  return `case when ${written} then ${midnight === "row date" ? `if(${minutes} = 0, 1440, ${minutes})` : minutes} end`;
}
