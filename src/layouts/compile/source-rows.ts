import {periodsOn, slotsADay} from "../../domain/settlement.ts";
import {type Column, columnsOf, dateFormatsOf, type Layout} from "../layout.ts";
import {bit, isOneOf, literal, mask} from "./sql.ts";

/** Reads the file named by $1 into rows of the same columns whatever the layout; `numbered` files carry their line number first. */
export function sourceRows(layout: Layout, {skip, isNumbered}: {skip: number; isNumbered: boolean}): string {
  const columns = columnsOf(layout);
  const position = (name: string) => `c${columns.findIndex(column => column.name === name)}`;
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

type Meaning = {is: string} | {column: string; means: Record<string, string>};

/** A constant, or what the text of a column means; null where it means nothing known. */
function meaningOf(meaning: Meaning, position: (name: string) => string): string {
  if ("is" in meaning) return literal(meaning.is);
  const cases = Object.entries(meaning.means).map(
    ([text, value]) => `when ${literal(text.toUpperCase())} then ${literal(value)}`
  );
  return `case upper(trim(coalesce(${position(meaning.column)}, ''))) ${cases.join(" ")} end`;
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
  const numbers = quantities.map(({cell}) => numberIn(layout, cell, isNumbered));
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
  return isNumbered ? `as_number(${plainNumber(layout, cell)})` : cell;
}

function plainNumber({number: {decimal, thousands}}: Layout, cell: string): string {
  const grouped = thousands === "" ? cell : `replace(${cell}, ${literal(thousands)}, '')`;
  return decimal === "." ? grouped : `replace(${grouped}, ',', '.')`;
}

const isBroken = (layout: Layout, cell: string) =>
  `${cell} is not null and as_number(${plainNumber(layout, cell)}) is null and not ${isOneOf(`trim(${cell})`, ["", ...layout.missing])}`;

/** The instant or day in a cell, moved by as many days as the layout says. */
function parsedDate(layout: Layout, cell: string): string {
  const {date} = layout;
  const parsed = `try_strptime(trim(coalesce(${cell}, '')), [${dateFormatsOf(layout).map(literal).join(", ")}])`;
  return date.offset_days === 0 ? parsed : `(${parsed} + interval (${date.offset_days}) days)`;
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
  shape: ReadingShape,
  position: (name: string) => string,
  isNumbered: boolean
): string {
  const {placed_by: by} = shape;
  const cell = position(shape.quantity);
  const day = parsedDate(layout, position(layout.date.column));
  const parsed =
    "stamp" in by && by.time !== undefined
      ? `(${day} + to_minutes(${minutesIn(position(by.time), by.midnight)}))`
      : day;
  const isEnd = "stamp" in by && by.stamp === "end";
  const column =
    "period" in by
      ? `case when regexp_full_match(trim(${position(by.period)}), '[0-9]{1,2}') then try_cast(trim(${position(by.period)}) as integer) end`
      : "(2 * hour(stamp) + minute(stamp) // 30 + 1)::integer";
  return `
      ${isEnd ? `${parsed} - interval 30 minutes` : parsed} as stamp,
      ${"period" in by ? "true" : "(epoch(stamp)::bigint % 1800 = 0)"} as is_on_half_hour,
      ${column} as half_hour,
      ${numberIn(layout, cell, isNumbered)} as reading,
      ${isNumbered ? `case when ${isBroken(layout, cell)} then [trim(${cell})] else []::varchar[] end` : "[]::varchar[]"} as broken_cells`;
}

/** Minutes since midnight in a cell such as "07:30", "7:30", "0730", "730", "07:30:00" or "24:00". */
function minutesIn(column: string, midnight: "row date" | "day before"): string {
  const cell = `trim(coalesce(${column}, ''))`;
  const digits = `lpad(replace(regexp_replace(${cell}, ':00$', if(len(${cell}) > 5, '', ':00')), ':', ''), 4, '0')`;
  const minutes = `(60 * try_cast(left(${digits}, 2) as bigint) + try_cast(right(${digits}, 2) as bigint))`;
  const written = `regexp_full_match(${cell}, '[0-9]{1,4}|[0-9]{1,2}:[0-5][0-9](:00)?') and right(${digits}, 2) < '60' and ${minutes} <= 1440`;
  return `case when ${written} then ${midnight === "row date" ? `if(${minutes} = 0, 1440, ${minutes})` : minutes} end`;
}
