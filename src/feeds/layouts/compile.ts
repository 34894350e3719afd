import {type Clock, type DayKind, dayKinds, slotsADay, stretchesOf} from "../../domain/settlement.ts";
import {type Column, columnsOf, type Layout} from "./layout.ts";

/**
 * A layout as SQL, in the order the statements build on each other. Rows of the file become `source_rows`; with their meter and the kind of their
 * day they are judged (`judged_rows`, with the rule a row breaks, if any); the good ones are placed on settlement periods (`placed_rows`).
 */
export interface CompiledLayout {
  /** The rows of the file named by $1, and $2 the meter point given by hand, if any. `numbered` files carry their line number first. */
  readonly sourceRows: (reader: {readonly skip: number; readonly isNumbered: boolean}) => string;
  /** Every row with its meter, kind of day, and `broken_rule`/`broken_value` where it breaks a rule. $1 is the last date that may be. */
  readonly judgedRows: string;
  /** One row per meter, channel, unit and settlement day (or part of one), its columns on their slots. */
  readonly placedRows: string;
  /** Whether the rules of this layout can only be judged with line numbers. */
  readonly needsLines: boolean;
}

/** Compiles a layout. Pure: the same layout gives the same text. */
export function compileLayout(layout: Layout): CompiledLayout {
  const isDay = layout.shape.rows === "day";
  return {
    sourceRows: reader => sourceRows(layout, reader),
    judgedRows: judgedRows(layout),
    placedRows: placedRows(
      layout.clock,
      isDay ? quantitiesOf(layout).length : slotsADay,
      layout.spring_gap === "fold",
      isDay
    ),
    needsLines: layout.checks.daily_sequence !== undefined
  };
}

const quantitiesOf = (layout: Layout) => columnsOf(layout).filter(({holds}) => holds === "quantity");

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const bit = (index: number) => `(1::ubigint << ${index})`;
const mask = (indexes: readonly number[]) => indexes.reduce((sum, index) => sum + (1n << BigInt(index)), 0n).toString();
/** Not IN: DuckDB makes a join of each IN with several constants, and a row has fifty of them. */
const isOneOf = (value: string, values: readonly string[]) =>
  `list_contains([${values.map(literal).join(", ")}]::varchar[], ${value})`;
const oneOf = (values: readonly string[]) => `(${values.map(literal).join(", ")})`;

function sourceRows(layout: Layout, {skip, isNumbered}: {skip: number; isNumbered: boolean}): string {
  const columns = columnsOf(layout);
  const position = (name: string) => `c${columns.findIndex(column => column.name === name)}`;
  const sequence = layout.checks.daily_sequence;
  const total = layout.checks.row_total;
  return `
    select
      ${isNumbered ? "line" : "null::bigint"} as line,
      ${layout.meter === "given" ? "$2::varchar" : `coalesce(${position(layout.meter.column)}, '')`} as meter_text,
      coalesce(${position(layout.date.column)}, '') as date_text,
      ${meaningOf(layout.unit, position)} as unit,
      ${meaningOf(layout.channel, position)} as channel,
      ${"beside" in layout.status ? "'actual'" : meaningOf(layout.status, position)} as row_status,
      ${sequence ? `try_cast(trim(${position(sequence.by)}) as bigint)` : "null::bigint"} as sequence_number,
      ${total ? `try_cast(${position(total.column)} as double)` : "null::double"} as row_total,
      ${layout.shape.rows === "day" ? dayCells(layout, columns, isNumbered) : readingCells(layout, layout.shape, position, isNumbered)}
    from read_csv($1, auto_detect = false, header = false, skip = ${skip}, delim = ${literal(layout.separator)},
      quote = '"', escape = '"', strict_mode = true, null_padding = false,
      nullstr = [${["", ...layout.missing].map(literal).join(", ")}],
      columns = {${[...(isNumbered ? ["'line': 'BIGINT'"] : []), ...columns.map((column, index) => `'c${index}': '${isNumbered ? "VARCHAR" : typeOf(layout, column)}'`)].join(", ")}}
      ${isNumbered ? ", ignore_errors = true, store_rejects = true" : ""})`;
}

function typeOf(layout: Layout, column: Column): string {
  const isReading = layout.shape.rows === "reading" && column.name === layout.shape.quantity;
  return column.holds === "quantity" || isReading ? "DOUBLE" : "VARCHAR";
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
    columns.flatMap(({holds, name}, index) => (holds === held ? [{cell: `c${index}`, name}] : []));
  const quantities = cells("quantity");
  const numbers = quantities.map(({cell}) => numberIn(cell, isNumbered));
  const padding = Array.from({length: slotsADay - quantities.length}, () => "0");
  const values = [...numbers.map(number => `coalesce(${number}, 0)`), ...padding];
  const broken = quantities.map(
    ({cell, name}) => `case when ${isBroken(layout, cell)} then ${literal(`${name}: `)} || trim(${cell}) end`
  );
  return `
      try_strptime(trim(coalesce(${dateCell(layout, columns)}, '')), [${layout.date.formats.map(literal).join(", ")}]) as stamp,
      [${values.join(", ")}]::double[${slotsADay}] as quantity,
      ${isNumbered ? `list_filter([${broken.join(", ")}], cell -> cell is not null)` : "[]::varchar[]"} as broken_cells,
      ${masks(
        layout,
        numbers,
        cells("status").map(({cell}) => cell)
      )}`;
}

const numberIn = (cell: string, isNumbered: boolean) => (isNumbered ? `as_number(${cell})` : cell);
const isBroken = (layout: Layout, cell: string) =>
  `${cell} is not null and as_number(${cell}) is null and not ${isOneOf(`trim(${cell})`, ["", ...layout.missing])}`;

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
  return `
      list_bit_or([${each((cell, index) => `${cell} is not null and not ${isOneOf(status(index), meaning("missing"))}`)}]) as present,
      list_bit_or([${each((cell, index) => `${cell} is not null and ${isOneOf(status(index), meaning("estimated"))}`)}]) as estimated,
list_bit_or([${each((cell, index) => `${cell} is not null and not ${isOneOf(status(index), known)}`)}]) <> 0 as has_unknown_status`;
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
  const parsed = `try_strptime(trim(date_text), [${layout.date.formats.map(literal).join(", ")}])`;
  const isEnd = "stamp" in by && by.stamp === "end";
  const column =
    "period" in by
      ? `try_cast(trim(${position(by.period)}) as integer)`
      : "(2 * hour(stamp) + minute(stamp) // 30 + 1)::integer";
  return `
      ${isEnd ? `${parsed} - interval 30 minutes` : parsed} as stamp,
      ${"period" in by ? "true" : "(epoch(stamp)::bigint % 1800 = 0)"} as is_on_half_hour,
      ${column} as half_hour,
      ${numberIn(cell, isNumbered)} as reading,
      ${isNumbered ? `case when ${isBroken(layout, cell)} then [trim(${cell})] else []::varchar[] end` : "[]::varchar[]"} as broken_cells`;
}

function judgedRows(layout: Layout): string {
  const isDay = layout.shape.rows === "day";
  const columns = isDay ? quantitiesOf(layout).length : slotsADay;
  return `
    with
    ${layout.checks.daily_sequence ? sequenced(layout.mend !== undefined) : "sequenced as (select *, stamp::date as source_date, null::date as expected_date, false as is_mended from source_rows)"},
    placeable as (
      select s.*, i.meter_key, i.problem, d.day_kind
      from sequenced s
      left join identifiers i on i.meter_text = s.meter_text
      left join ops.settlement_days d on d.settlement_date = s.source_date
    )${isDay ? "" : `, passes as (${secondPasses(layout.clock)})`}
    select *,
      coalesce(channel = 'drop' or unit = 'drop' or row_status = 'drop', false) as is_dropped,
      (${isDay ? "present = 0" : "reading is null"} or row_status is not distinct from 'missing') as is_empty,
      case when is_dropped then null ${rulesFor(layout, isDay, columns)
        .map(([rule, when]) => `when ${when} then ${literal(rule)}`)
        .join("\n        ")} end as broken_rule,
      case broken_rule ${rulesFor(layout, isDay, columns)
        .map(([rule, , value]) => `when ${literal(rule)} then ${value}`)
        .join("\n        ")} end as broken_value,
      (broken_rule is null and not is_dropped and not is_empty) as is_good${isDay ? ",\n      null::integer as half_hour" : ""}
    from ${isDay ? "placeable" : "passes"}`;
}

/** Per meter, the date a row should have is its number plus the commonest distance between the two. */
function sequenced(isMended: boolean): string {
  const exchanged = "try_strptime(strftime(stamp, '%Y-%d-%m'), '%Y-%m-%d')::date";
  return `anchored as (
      select *, stamp::date as written_date,
        (sequence_number + mode(date_diff('day', date '1970-01-01', stamp::date) - sequence_number) over (partition by meter_text))::integer as expected_day
      from source_rows
    ),
    sequenced as (
      select *,
        date '1970-01-01' + expected_day as expected_date,
        ${isMended ? `case when written_date <> expected_date and ${exchanged} = expected_date then expected_date else written_date end` : "written_date"} as source_date,
        coalesce(written_date <> source_date, false) as is_mended,
        coalesce(written_date <> expected_date and ${exchanged} = expected_date, false) as is_exchanged
      from anchored
    )`;
}

/** On a wall clock the hour 01:00–02:00 stands twice in autumn: the second reading of a label is the second pass. */
function secondPasses(clock: Clock): string {
  if (clock !== "local-clock") return "select * from placeable";
  return `
      select * replace (
        case when day_kind = 'autumn' and half_hour in (3, 4)
          and row_number() over (partition by meter_key, channel, unit, source_date, half_hour order by line) = 2
        then half_hour + 46 else half_hour end as half_hour)
      from placeable`;
}

const earliestDate = "1990-01-01";

type Rule = readonly [rule: string, when: string, value: string];

function rulesFor(layout: Layout, isDay: boolean, columns: number): Rule[] {
  const [smallest, sum] = isDay ? ["list_min(quantity)", "list_sum(quantity)"] : ["reading", "reading"];
  const hasReads = isDay ? "present <> 0" : "reading is not null";
  const isUnmapped = dayKinds.map(kind => unmappedWhen(layout, kind, isDay, columns)).filter(text => text !== null);
  const {row_total: total} = layout.checks;
  return [
    ["meter", "meter_key is null", "coalesce(nullif(meter_text, ''), '(nothing)') || ': ' || problem"],
    ["date", "stamp is null", "coalesce(nullif(date_text, ''), '(nothing)')"],
    ...(layout.checks.daily_sequence
      ? ([
          [
            "daily sequence",
            "source_date is distinct from expected_date",
            `date_text || ' where ' || coalesce(expected_date::varchar, 'a date') || ' belongs' || if(is_exchanged, ': day and month are exchanged', '')`
          ]
        ] as const)
      : []),
    ["date range", `source_date < date '${earliestDate}' or source_date > $1::date`, "date_text"],
    ["unit", "unit is null", "'a unit that the layout does not know'"],
    ["channel", "channel is null", "'a quantity that the layout does not know'"],
    [
      "status",
      `row_status is null${isDay ? " or has_unknown_status" : ""} or (row_status = 'missing' and ${hasReads} and ${sum} <> 0)`,
      "'a status that the layout does not know, or readings in a row marked missing'"
    ],
    ...(isDay ? [] : ([["cell", "len(broken_cells) > 0", "broken_cells[1]"]] as const)),
    ["number", `${hasReads} and not isfinite(${sum})`, `${sum}::varchar`],
    ...(layout.may_be_negative ? [] : ([["negative", `${smallest} < 0`, `${smallest}::varchar`]] as const)),
    ...(isDay
      ? []
      : ([
          [
            "half-hour",
            `not is_on_half_hour or half_hour is null or half_hour not between 1 and ${slotsADay}`,
            "date_text || coalesce(' period ' || half_hour, '')"
          ]
        ] as const)),
    ...(isUnmapped.length > 0
      ? ([
          [
            "outside the day",
            isUnmapped.join(" or "),
            `date_text || ' has ' || case day_kind when 'spring' then '46' when 'autumn' then '50' else '48' end || ' half-hours'`
          ]
        ] as const)
      : []),
    ...(total
      ? ([
          [
            "row total",
            `row_total is not null and len(broken_cells) = 0 and abs(row_total - ${sum}) > ${total.tolerance}`,
            `row_total || ' is not the sum, ' || round(${sum}, 4)`
          ]
        ] as const)
      : [])
  ];
}

/** When a row holds a reading in a column that is no half-hour of its day. Nought there is a supplier's filler. */
function unmappedWhen(layout: Layout, kind: DayKind, isDay: boolean, columns: number): string | null {
  const isFolded = layout.clock === "local-clock" && layout.spring_gap === "fold" && kind === "spring";
  const mapped = new Set(
    stretchesOf(layout.clock, kind, columns).flatMap(({column, length}) =>
      Array.from({length}, (_, index) => column + index)
    )
  );
  const unmapped = Array.from({length: columns}, (_, index) => index + 1).filter(column => !mapped.has(column));
  if (isFolded || unmapped.length === 0) return null;
  const holds = isDay
    ? unmapped.map(column => `quantity[${column}] <> 0`).join(" or ")
    : `half_hour in (${unmapped.join(", ")}) and reading <> 0`;
  return `(day_kind = '${kind}' and (${holds}))`;
}

function placedRows(clock: Clock, columns: number, isFolded: boolean, isDay: boolean): string {
  const parts = [...placements(clock, columns, isFolded, false), ...placements(clock, columns, false, true)];
  return `
    with
    good as (${isDay ? "select * from judged_rows anti join set_aside using (line) where is_good" : dayRowsFromReadings})
    select * from (
      ${parts.join("\n      union all\n      ")}
    ) where present <> 0`;
}

/** One select per way of moving columns to slots; a day kind whose columns stay where they are keeps its array as it is. */
function placements(clock: Clock, columns: number, isFolded: boolean, isNextDay: boolean): string[] {
  const kinds = dayKinds.map(kind => ({
    kind,
    sources: sourcesOf(clock, kind, columns, isNextDay),
    folds: isFolded && kind === "spring"
  }));
  const moves = kinds.filter(({sources}) => sources.some(source => source !== null));
  const isSame = (a: (typeof moves)[number], b: (typeof moves)[number]) =>
    a.folds === b.folds && a.sources.join() === b.sources.join();
  const distinct = moves.filter((move, index) => moves.findIndex(other => isSame(move, other)) === index);
  return distinct.map(move =>
    placement(
      move.sources,
      moves.filter(other => isSame(move, other)).map(({kind}) => kind),
      move.folds,
      isNextDay
    )
  );
}

function placement(
  sources: readonly (number | null)[],
  kinds: readonly DayKind[],
  folds: boolean,
  isNextDay: boolean
): string {
  const stays = !folds && sources.every((source, index) => source === null || source === index + 1);
  const kept = mask(sources.flatMap((source, index) => (source === null ? [] : [index])));
  const moved = (name: string) => (stays ? `${name} & ${kept}` : movedBits(name, sources));
  const [present, estimated] = [moved("present"), moved("estimated")];
  return `
      select line, meter_key, channel, unit, (source_date + ${isNextDay ? 1 : 0})::date as settlement_date,
        ${stays ? "quantity" : movedCells(sources, folds)} as quantity,
        (${folds ? `${present} | ((present >> 2) & 3)` : present})::ubigint as present,
        (${folds ? `${estimated} | (case when quantity[3] <> 0 or quantity[4] <> 0 then 3 else 0 end)` : estimated})::ubigint as estimated
      from good where day_kind in ${oneOf(kinds)}`;
}

/** For each slot, the column that lands on it, from 1; null where none does. */
function sourcesOf(clock: Clock, kind: DayKind, columns: number, isNextDay: boolean): (number | null)[] {
  const sources: (number | null)[] = Array.from({length: slotsADay}, () => null);
  for (const {column, slot, length, isNextDay: spills} of stretchesOf(clock, kind, columns)) {
    if (spills === isNextDay)
      for (let index = 0; index < length; index += 1) sources[slot - 1 + index] = column + index;
  }
  return sources;
}

function movedCells(sources: readonly (number | null)[], isFolded: boolean): string {
  const cells = sources.map((source, index) =>
    source === null
      ? "0"
      : isFolded && index < 2
        ? `quantity[${source}] + quantity[${source + 2}]`
        : `quantity[${source}]`
  );
  return `[${cells.join(", ")}]::double[${slotsADay}]`;
}

/** The bits of a mask moved from columns to slots, stretch by stretch. */
function movedBits(name: string, sources: readonly (number | null)[]): string {
  const runs: {column: number; slot: number; length: number}[] = [];
  sources.forEach((source, index) => {
    const last = runs.at(-1);
    if (source === null) return;
    if (last && last.slot + last.length === index && last.column + last.length === source - 1) last.length += 1;
    else runs.push({column: source - 1, slot: index, length: 1});
  });
  return runs
    .map(({column, slot, length}) => `(((${name} >> ${column}) & ${(1n << BigInt(length)) - 1n}) << ${slot})`)
    .join(" | ");
}

/** Rows of readings gathered to a row per meter and day, each reading in the column of its half-hour. */
const dayRowsFromReadings = `
      select min(line) as line, meter_key, channel, unit, source_date, day_kind,
        [${Array.from({length: slotsADay}, (_, index) => `coalesce(max(reading) filter (half_hour = ${index + 1}), 0)`).join(", ")}]::double[${slotsADay}] as quantity,
        bit_or(1::ubigint << (half_hour - 1)::ubigint) as present,
        bit_or(case row_status when 'estimated' then 1::ubigint << (half_hour - 1)::ubigint else 0::ubigint end) as estimated
      from judged_rows anti join set_aside using (line)
      where is_good
      group by meter_key, channel, unit, source_date, day_kind`;
