import {type Clock, type DayKind, dayKinds, slotsADay, stretchesOf} from "../../domain/settlement.ts";
import {halfHourColumnsOf, isCounter, type Layout, minutesOf} from "../layout.ts";
import {halfHourColumn, literal} from "./sql.ts";

/**
 * What is done about the rules a row must meet: `named` says which it breaks; `guarded` makes the first row that breaks one an error, so that a file
 * without rejects is judged as it is read; `proved` leaves them out, for rows that are known to break none.
 */
export type Judging = "named" | "guarded" | "proved";

/** Where the rows to be judged come from, and what names their meters. */
export interface Judged {
  /** A relation of source rows. */
  readonly from: string;
  readonly judging: Judging;
  readonly migrated: readonly Clock[];
  /** Whether the text that names a meter is its key; otherwise the temporary table `identifiers` says what the key is. */
  readonly isAsWritten: boolean;
}

/** Gives every row its meter, the kind of its day and, where it breaks one, the rule it breaks. The variable `latest_date` is the last date that may be. */
export function judgedRows(layout: Layout, {from, judging, migrated, isAsWritten}: Judged): string {
  const isDay = layout.shape.rows === "day";
  const columns = halfHourColumnsOf(layout);
  const rules = rulesFor(layout, isDay, columns);
  const unmapped =
    dayKinds.flatMap(kind => unmappedWhen(layout, kind, isDay, columns, "true") ?? []).join(" or ") || "false";
  return `
    with
    ${layout.checks.daily_sequence ? sequenced(from, layout.mend !== undefined) : `sequenced as (select *, stamp::date as source_date, null::date as expected_date, false as is_mended from ${from})`},
    placeable as not materialized (
      select s.*, ${isAsWritten ? "s.meter_text as meter_key, null::varchar as problem" : "i.meter_key, i.problem"}, d.day_kind, ${migrated.length === 0 ? literal(layout.clock) : `coalesce(g.clock_after, ${literal(layout.clock)})`} as row_clock
      from sequenced s
      ${isAsWritten ? "" : "left join identifiers i on i.meter_text = s.meter_text"}
      left join ops.settlement_days d on d.settlement_date = s.source_date
      ${migrated.length === 0 ? "" : `left join migrations g on g.meter_key = ${isAsWritten ? "s.meter_text" : "i.meter_key"} and s.source_date >= g.migrated_on`}
    )${isDay ? "" : `, passes as (${secondPasses(layout)})`}
    select *,
      (is_passed_over or coalesce(channel = 'drop' or unit = 'drop' or row_status = 'drop' or row_measure = 'drop', false)) as is_dropped,
      (${isDay ? "present = 0" : `reading is null or (reading = 0 and coalesce(${unmapped}, false))`} or row_status is not distinct from 'missing') as is_empty,
      ${verdict(rules, judging)}${isDay ? ",\n      null::integer as half_hour" : ""}
    from ${isDay ? "placeable" : "passes"}`;
}

/** One CASE says whether a guarded row is good: conditions joined by AND may be looked at in any order, and a broken row pass for an empty one. */
function verdict(rules: readonly Rule[], judging: Judging): string {
  if (judging === "named")
    return `
      ${ruleBroken(rules)} as broken_rule,
      ${valueBroken(rules)} as broken_value,
      (broken_rule is null and not is_dropped and not is_empty) as is_good`;
  const guard =
    judging === "proved"
      ? ""
      : rules.map(([, when]) => `when ${when} then error(date_text)::boolean`).join("\n        ");
  return `
      null::varchar as broken_rule,
      case when is_dropped then false ${guard} when is_empty then false else true end as is_good`;
}

function ruleBroken(rules: readonly Rule[]): string {
  return `case when is_dropped then null ${rules.map(([rule, when]) => `when ${when} then ${literal(rule)}`).join("\n        ")} end`;
}

function valueBroken(rules: readonly Rule[]): string {
  return `case broken_rule ${rules.map(([rule, , value]) => `when ${literal(rule)} then ${value}`).join("\n        ")} end`;
}

/** Per meter, the date a row should have is its number plus the commonest distance between the two. */
function sequenced(from: string, isMended: boolean): string {
  const exchanged = "try_strptime(strftime(stamp, '%Y-%d-%m'), '%Y-%m-%d')::date";
  return `anchored as (
      select *, stamp::date as written_date,
        sequence_number::hugeint + mode(date_diff('day', date '1970-01-01', stamp::date)::hugeint - sequence_number) over (partition by meter_text) as expected_day
      from ${from}
    ),
    sequenced as (
      select *,
        case when expected_day between 0 and 36500 then date '1970-01-01' + expected_day::integer end as expected_date,
        ${isMended ? `case when written_date <> expected_date and ${exchanged} = expected_date then expected_date else written_date end` : "written_date"} as source_date,
        coalesce(written_date <> source_date, false) as is_mended,
        coalesce(written_date <> expected_date and ${exchanged} = expected_date, false) as is_exchanged
      from anchored
    )`;
}

/**
 * On a wall clock the labels of 01:00–02:00 stand twice in autumn. Within a run of such rows of one meter, in the order of the file (turned about
 * where the newest stands first), the second pass begins where the clock goes back, or where a label comes again with another reading. A row that
 * merely stands twice begins none. Rows of all other days, nearly all, stay as they are. Rows are of `hour` to the hour: two half-hours, four quarters.
 */
function secondPasses(layout: Layout): string {
  const {clock, shape} = layout;
  const minutes = minutesOf(layout);
  if (clock !== "local-clock" || minutes === null) return "select * from placeable";
  const hour = 60 / minutes;
  const isRepeated = `half_hour between ${hour + 1} and ${2 * hour}`;
  const isEnd = shape.rows === "reading" && "stamp" in shape.placed_by && shape.placed_by.stamp === "end";
  const mayFall = isEnd && !isCounter(layout);
  return `
      select * from placeable where day_kind is distinct from 'autumn'
      union all by name
      from (
      with
      turned as (
        select *,
          line * case when arg_min(half_hour, line) over day > arg_max(half_hour, line) over day then -1 else 1 end as turn
        from placeable
        where day_kind = 'autumn'
        window day as (partition by meter_text, channel, unit, source_date)
      ),
      runs as (
        select *,
          (day_kind = 'autumn' and row_clock = 'local-clock' and ${isRepeated}) as is_repeated_hour,
          sum(case when ${isRepeated} then 0 else 1 end) over (partition by meter_text, channel, unit, source_date order by turn) as run
        from turned
      ),
      steps as (
        select *,
          coalesce(half_hour < lag(half_hour) over run_rows, false)
            or coalesce(half_hour = lag(half_hour) over run_rows and reading <> lag(reading) over run_rows, false) as goes_back
        from runs
        window run_rows as (partition by meter_text, channel, unit, source_date, run, is_repeated_hour order by turn)
      )
      select * exclude (turn, run, is_repeated_hour, goes_back${mayFall ? ", is_after_fall" : ""}) replace (
        case
          ${mayFall ? `when is_after_fall and half_hour between ${hour} and ${2 * hour} then case half_hour when ${hour} then ${2 * hour} else half_hour + ${23 * hour} end` : ""}
          when is_repeated_hour
            and max(goes_back::integer) over (partition by meter_text, channel, unit, source_date, run, is_repeated_hour order by turn rows between unbounded preceding and current row) = 1
          then half_hour + ${23 * hour}
          else half_hour
        end as half_hour)
      from ${mayFall ? `(${afterFall(hour)})` : "steps"}
      )`;
}

/**
 * Ends that the wall clock itself shows fall back from 01:30 to 01:00, a half-hour before the hour that repeats: what comes from there on is the end of
 * the first pass, then the second.
 */
const afterFall = (hour: number) => `
        select * exclude (falls_back),
          max(falls_back::integer) over (partition by meter_text, channel, unit, source_date order by turn rows between unbounded preceding and current row) = 1 as is_after_fall
        from (
          select *,
            day_kind = 'autumn' and half_hour = ${hour}
              and coalesce(lag(half_hour) over (partition by meter_text, channel, unit, source_date order by turn) = ${2 * hour - 1}, false)
              and count(*) filter (half_hour = ${hour}) over (partition by meter_text, channel, unit, source_date) = 2 as falls_back
          from steps
        )`;

const earliestDate = "1990-01-01";

const unknownText = (what: string) => `'"' || ${what}_text || '" means nothing in the layout'`;

type Rule = readonly [rule: string, when: string, value: string];

/** The rules a row must meet, in the order in which the first broken one is named. The sum of squares is a quick proof that no reading is suspect. */
function rulesFor(layout: Layout, isDay: boolean, columns: number): Rule[] {
  const [smallest, largest, sum, square] = isDay
    ? ["list_min(quantity)", "list_max(quantity)", "list_sum(quantity)", "array_inner_product(quantity, quantity)"]
    : ["reading", "reading", "reading", "reading * reading"];
  const hasReads = isDay ? "present <> 0" : "reading is not null";
  const isUnmapped = dayKinds
    .map(kind => unmappedWhen(layout, kind, isDay, columns, "reading <> 0"))
    .filter(text => text !== null);
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
    ["date range", `source_date < date '${earliestDate}' or source_date > getvariable('latest_date')`, "date_text"],
    ["unit", "unit is null", unknownText("unit")],
    ["channel", "channel is null", unknownText("channel")],
    ["measure", "row_measure is null", unknownText("measure")],
    [
      "status",
      `row_status is null${isDay ? " or has_unknown_status" : ""} or (row_status = 'missing' and ${hasReads} and ${sum} <> 0)`,
      `if(row_status is null, ${unknownText("status")}, 'a status that the layout does not know, or readings marked missing')`
    ],
    ...(isDay ? [] : ([["cell", "len(broken_cells) > 0", "broken_cells[1]"]] as const)),
    [
      "number",
      `not is_numbered and not coalesce(${square} < pow(getvariable('suspect_from'), 2), ${isDay ? "false" : "true"}) and not coalesce(${largest} < getvariable('suspect_from') and isfinite(${smallest}), ${isDay ? "false" : "true"})`,
      `${largest}::varchar`
    ],
    ...(layout.may_be_negative ? [] : ([["negative", `${smallest} < 0`, `${smallest}::varchar`]] as const)),
    ...(isDay
      ? []
      : ([
          [
            "half-hour",
            `not is_on_half_hour or half_hour is null or half_hour not between 1 and ${placesADay(layout)}`,
            "date_text || coalesce(' period ' || half_hour, '')"
          ],
          ...("until" in placedBy(layout)
            ? ([
                ["period", "until is null or until < stamp", "date_text || ' to a date that is none or before it'"]
              ] as const)
            : [])
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
            `row_total_text <> '' and len(broken_cells) = 0 and (row_total is null or abs(row_total - ${sum}) > ${total.tolerance})`,
            `row_total_text || ' is not the sum, ' || round(${sum}, 4)`
          ]
        ] as const)
      : [])
  ];
}

const placedBy = ({shape}: Layout) => (shape.rows === "reading" ? shape.placed_by : {});

/** How many readings of their length a long day has. */
const placesADay = (layout: Layout) => (slotsADay * 30) / (minutesOf(layout) ?? 30);

/** When a row holds a reading in a column that is no half-hour of its day. Nought there is a supplier's filler. */
function unmappedWhen(layout: Layout, kind: DayKind, isDay: boolean, columns: number, reads: string): string | null {
  const mapped = new Set(
    stretchesOf(layout.clock, kind, columns).flatMap(({column, length}) =>
      Array.from({length}, (_, index) => column + index)
    )
  );
  const unmapped = Array.from({length: columns}, (_, index) => index + 1).filter(column => !mapped.has(column));
  if (unmapped.length === 0 || minutesOf(layout) === null) return null;
  const holds = isDay
    ? unmapped.map(column => `quantity[${column}] <> 0`).join(" or ")
    : `${halfHourColumn(layout)} in (${unmapped.join(", ")}) and ${reads}`;
  return `(day_kind = '${kind}' and row_clock = ${literal(layout.clock)} and (${holds}))`;
}
