import {z} from "zod";
import {type Clock, slotsADay} from "../domain/settlement.ts";

/** What one column of a half-hour block holds. */
const held = z.enum(["quantity", "status", "ignored"]);

/**
 * A run of half-hour columns. Each half-hour has one column per entry of `half_hours`, in that order. In a name, `{HH:mm}`, `{H:mm}`, `{h:mm}` (twelve
 * hours), `{HHmm}`, `{Hmm}`, `{HH}`, `{mm}`, `{AM}` (AM or PM) and `{n}` stand for the label, and `{label}` for that of `labels`. Times run on past
 * 24:00 where `count` does; `midnight` says how the label of 24:00 is written. A second block goes on from half-hour `first`.
 */
const halfHours = z.strictObject({
  half_hours: z.array(z.strictObject({name: z.string().min(1), holds: held})).min(1),
  from: z
    .string()
    .regex(/^\d\d:[03]0$/)
    .default("00:00"),
  first: z.int().min(1).max(50).default(1),
  count: z.int().min(1).max(50),
  labels: z.array(z.string()).optional(),
  midnight: z.enum(["00:00", "24:00"]).default("24:00")
});

/**
 * A run of columns of which each heading says what its cells are of: a month, a day, a time or a meter. The headings match a pattern, and each cell
 * becomes a row of its own, its heading in the column `each` and itself in the column `holds`.
 */
const each = z.strictObject({each: z.string().min(1), matches: z.string().min(1), holds: z.string().min(1)});

/** Rows stand under headings: lines whose first cell begins so. Their cell of that number holds for the rows below, until the like comes again. */
const heading = z.strictObject({name: z.string().min(1), begins: z.string().min(1), cell: z.int().min(1).default(2)});

const columnName = z.string();

/** One for all, or by a column: what its texts mean, whatever their case, or texts that match them as patterns do. `drop` passes the row over. */
const constantOrColumn = <T extends z.ZodType>(value: T) =>
  z.union([
    z.strictObject({is: value}),
    z.strictObject({
      column: columnName,
      means: z.record(z.string(), z.union([value, z.literal("drop")])).refine(hasEntries, "means nothing"),
      are_patterns: z.literal(true).optional()
    })
  ]);

const hasEntries = (means: object) => Object.keys(means).length > 0;

/** `metered`: the file does not say, and the meter register must, by meter. */
const unit = z.enum(["kWh", "Wh", "MWh", "GJ", "l", "m3", "ft3", "hcf", "metered"]);
const channel = z.enum(["import", "export", "generation"]);
const status = z.enum(["actual", "estimated", "missing"]);

/**
 * What a quantity is: `interval`, the energy used in its interval; `mean power`, the kW at which it was used, so that half an hour of it is half as many
 * kWh (`unit` is then what it becomes); `counter`, what a register stood at, of which differences are taken.
 */
const measure = z.enum(["interval", "mean power"]);

/**
 * How long each reading is of: minutes, or a word. `financial year`: April to March. `between dates`: from the row's date to that of another column;
 * `between reads`: from one read of a dial to the next. Shorter intervals are added up to half-hours; what is longer lands as a period, of which
 * nothing is said within.
 */
const interval = z.union([
  z.literal([5, 10, 15, 30, 60]),
  z.enum(["day", "month", "year", "financial year", "between dates", "between reads"])
]);

/**
 * Formats are DuckDB's strptime formats, tried in order, strictly: nothing is guessed. Two more are counts since 1970 in UTC, each alone in its cell: `%s`
 * of seconds and `%Q` of milliseconds. A file that is dated by the day it was collected, not used,
 * says how many days its readings lie from it. Where `matches` is given, the date is its first group. A fraction of a second is passed over.
 */
const dateColumn = z.strictObject({
  column: columnName,
  formats: z.array(z.string().includes("%")).min(1),
  matches: z.string().refine(hasOneGroup, "no group").optional(),
  offset_days: z.int().min(-7).max(7).default(0)
});

const identifierKind = z.enum(["mpan", "mprn", "mpxn", "spid", "name"]);

/**
 * Where a file says when it was issued; the pattern's first group is parsed with the format. The stamp is British local time. A file without it is
 * refused, unless `is_optional`: it then counts as issued when it was received.
 */
const pattern = z.string().refine(hasOneGroup, "must be a pattern with one group in brackets");
const issued = z.union([
  z.strictObject({preamble: pattern, format: z.string(), is_optional: z.boolean().default(false)}),
  z.strictObject({file_name: pattern, format: z.string(), is_optional: z.boolean().default(false)}),
  /** The stamp that unfolding finds. */
  z.strictObject({unfolded: z.string()}),
  z.literal("never")
]);

function hasOneGroup(text: string): boolean {
  try {
    return (new RegExp(`${text}|`).exec("") ?? []).length > 1;
  } catch {
    return false;
  }
}

/**
 * What stands outside the table and is then read like a column of it: the first group of a pattern, where it is found first. `or` is the text where it is
 * not found; without one such a file is refused.
 */
const outside = z.strictObject({
  name: z.string().min(1),
  in: z.enum(["lines above", "sheet name", "file name"]),
  matches: pattern,
  or: z.string().optional()
});

const dayRow = z.strictObject({rows: z.literal("day")});

/**
 * Readings are placed by a settlement period column, or by their time of day, labelled at the start or end: in the date column, or in a column of
 * its own (`time`: "07:30", "730", "0730" or "0:30:00"). Where `midnight` is "row date", an end of 00:00 next to a date is the end of that date. A file
 * whose labels make whole days at the other end is refused, unless its sender cuts files by `label`, so that whole days of labels say nothing. What is a
 * day long or longer is placed by its `date` alone, or by that and the date that it goes on `until`.
 */
const readingRow = z.strictObject({
  rows: z.literal("reading"),
  quantity: columnName,
  placed_by: z.union([
    z.strictObject({date: z.literal("alone")}),
    z.strictObject({until: columnName, last_day: z.enum(["counted", "not counted"]).default("counted")}),
    z.strictObject({period: columnName}),
    z.strictObject({
      stamp: z.enum(["start", "end"]),
      time: columnName.optional(),
      midnight: z.enum(["row date", "day before"]).default("day before"),
      cut_by: z.enum(["interval", "label"]).default("interval")
    })
  ])
});

const checks = z.strictObject({
  /** A column holding the sum of the row, which must agree within `tolerance` of the row's own unit. */
  row_total: z.strictObject({column: columnName, tolerance: z.number().nonnegative()}).optional(),
  /** A column that numbers the rows; per meter, dates must run on day by day with it. */
  daily_sequence: z.strictObject({by: columnName}).optional()
});

/**
 * A supplier file layout: what a file must look like and what its cells mean. It is data, so a council adds one without programming
 * (a JSON file in `council/layouts`), and it is compiled to SQL, never hand-coded.
 */
export const layoutSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case words joined by hyphens"),
    description: z.string().min(1),
    /** How the time convention is known: a document, or a test against a known load. */
    evidence: z.string().min(1),
    /** Whether it has been checked against a real file. */
    confirmation: z.enum(["confirmed", "unconfirmed"]).default("confirmed"),
    feed: z.string(),
    separator: z.string().length(1).default(","),
    /** The file holds records of several kinds; they are unfolded into rows of `columns` first, and there is no header row. */
    unfold: z.string().optional(),
    /** Every column of the header row, in order. */
    columns: z.array(z.union([z.string(), halfHours, each])).min(2),
    /** Texts outside the table that are read as columns of it. */
    outside: z.array(outside).default([]),
    /** `stacked`: several tables of one form stand under one another; the lines above each, down from the table before, are its own. */
    tables: z.enum(["one", "stacked"]).default("one"),
    headings: z.array(heading).default([]),
    /**
     * What is done where a header differs: `order` refuses it, with the difference; `names` takes the columns by name wherever they stand, passes
     * over others, and refuses it only where one is missing. `none`: there is no header row, and the columns are known by their place.
     */
    header: z.enum(["order", "names", "none"]).default("order"),
    meter: z.union([
      /** Where a pattern is given, its first group is the identifier. */
      z.strictObject({
        column: columnName,
        kind: identifierKind,
        pattern: z.string().refine(hasOneGroup, "no group").optional()
      }),
      z.strictObject({file_name: z.string().refine(hasOneGroup, "no group"), kind: identifierKind}),
      z.strictObject({preamble: z.string().refine(hasOneGroup, "no group"), kind: identifierKind}),
      /** The file does not say: `--meter-point`, or the name of the folder in the inbox that holds it. */
      z.literal("given")
    ]),
    date: dateColumn,
    shape: z.union([dayRow, readingRow]),
    interval: interval.default(30),
    measure: z.union([z.strictObject({is: z.literal("counter")}), constantOrColumn(measure)]).default({is: "interval"}),
    /** Of reads of a dial: the columns of the meter's serial number and of the register, where it has several. */
    dial: z.strictObject({serial: columnName.optional(), register: columnName.optional()}).default({}),
    clock: z.enum(["settlement-period", "local-clock", "local-clock-sum", "utc"]) satisfies z.ZodType<Clock>,
    unit: constantOrColumn(unit),
    channel: constantOrColumn(channel).default({is: "import"}),
    /** One status for all, a column for the row, or (`beside`) the status columns of the half-hour block. */
    status: z
      .union([constantOrColumn(status), z.strictObject({beside: z.record(z.string(), status)})])
      .default({is: "actual"}),
    /** What means no reading in a quantity cell, apart from an empty cell. */
    missing: z.array(z.string().regex(/^[^"\r\n]+$/, "must have no quote or line end")).default([]),
    /** Rows to pass over, such as totals and reactive energy: those where a column matches a pattern, whatever its case. */
    drop: z.array(z.strictObject({column: columnName, matches: z.string().min(1)})).default([]),
    /** Lines after the header that are no rows, whatever their width, such as notes at the end: those that match one of these. */
    footers: z.array(z.string().min(1)).default([]),
    /** How numbers are written. */
    number: z
      .strictObject({decimal: z.enum([".", ","]).default("."), thousands: z.enum(["", ",", ".", " "]).default("")})
      .default({decimal: ".", thousands: ""}),
    issued: issued.default("never"),
    /**
     * Whether the sender corrects by sending a day again, so that what came last is right: `evidence` says how that is known. Else two files that
     * disagree and say nothing of when they were issued wait for a person.
     */
    resends: z.enum(["corrects", "never"]).default("never"),
    may_be_negative: z.boolean().default(false),
    checks: checks.default({}),
    /** Faults that are mended, and said so, rather than rejected. */
    mend: z.enum(["day-month-by-sequence"]).optional()
  })
  .superRefine((layout, context) => {
    for (const problem of problemsOf(layout)) context.addIssue({code: "custom", message: problem});
  });

export type Layout = z.infer<typeof layoutSchema>;

/** A layout without the keys of which it says what every layout does that leaves them out. */
export function withoutDefaults(layout: Layout): object {
  const usual = (key: string) => layoutSchema.shape[key as keyof Layout].safeParse(undefined);
  const isUsual = ([key, value]: [string, unknown]) => {
    const {success, data} = usual(key);
    return success && JSON.stringify(value) === JSON.stringify(data);
  };
  return Object.fromEntries(Object.entries(layout).filter(entry => !isUsual(entry)));
}

/** One column of a file: its header text and what it holds. `halfHour` counts from 1 within the row. */
export interface Column {
  readonly name: string;
  readonly holds: "text" | "quantity" | "status";
  readonly halfHour: number | null;
}

/** The columns of a layout written out, in the order of the file. */
export function columnsOf(layout: Pick<Layout, "columns">): readonly Column[] {
  const known = written.get(layout.columns) ?? writeOut(layout.columns);
  written.set(layout.columns, known);
  return known;
}

/** A layout with other columns, as they stand in one file. */
export function withColumns(layout: Layout, columns: readonly Column[]): Layout {
  const names = columns.map(({name}) => name);
  written.set(names, columns);
  return {...layout, columns: names};
}

/** The formats of a layout's dates, and the one a spreadsheet's own dates have, which no other can be taken for. */
export function dateFormatsOf({date}: Layout): readonly string[] {
  const hasTime = date.formats.some(format => /%[HIsQ]/.test(format));
  const ofSheets = hasTime ? ["%Y-%m-%d %H:%M:%S"] : ["%Y-%m-%d", "%Y-%m-%d 00:00:00"];
  return [...new Set([...date.formats, ...ofSheets])];
}

/** How many milliseconds one is, of the formats that count since 1970, and how many digits such a count has for some decades. */
export const countsSince1970: Readonly<Record<string, {readonly milliseconds: number; readonly digits: number}>> = {
  "%s": {milliseconds: 1000, digits: 10},
  "%Q": {milliseconds: 1, digits: 13}
};

/** How many minutes each reading is of, where it is of a part of an hour or one; null where it is of days or of what lies between two dates. */
export const minutesOf = ({interval}: Pick<Layout, "interval">): number | null =>
  typeof interval === "number" ? interval : null;

/** Whether readings are what a register stood at. */
export const isCounter = ({measure}: Pick<Layout, "measure">): boolean => "is" in measure && measure.is === "counter";

/** Whether what lands is longer than a half-hour and nothing else is. */
export const isLong = (layout: Pick<Layout, "interval">): boolean => (minutesOf(layout) ?? 60) > 30;

/** Whether rows are made of a file before they are read by columns: of tables under one another, under headings, or with readings in many columns. */
export const isReshaped = ({tables, headings, columns}: Pick<Layout, "tables" | "headings" | "columns">): boolean =>
  tables === "stacked" || headings.length > 0 || columns.some(column => typeof column === "object" && "each" in column);

/** How many half-hour columns a row has once it is gathered: those of the file, or a full day's where rows are readings. */
export function halfHourColumnsOf(layout: Layout): number {
  return layout.shape.rows === "day" ? columnsOf(layout).filter(({holds}) => holds === "quantity").length : slotsADay;
}

const written = new WeakMap<Layout["columns"], readonly Column[]>();

const textColumn = (name: string): Column => ({name, holds: "text", halfHour: null});

function writeOut(columns: Layout["columns"]): Column[] {
  return columns.flatMap(column => {
    if (typeof column === "string") return [textColumn(column)];
    return "each" in column ? [textColumn(column.each), textColumn(column.holds)] : writtenOut(column);
  });
}

function writtenOut({half_hours, from, first, count, labels, midnight}: z.infer<typeof halfHours>): Column[] {
  return Array.from({length: count}, (_, index) =>
    half_hours.map(({name, holds}) => ({
      name: name.replace(/\{(HH:mm|H:mm|h:mm|HHmm|Hmm|HH|mm|AM|n|label)\}/g, (_match, label: string) =>
        label === "label"
          ? (labels?.[index] ?? "")
          : labelOf(label, minutesSince(from) + 30 * index, first - 1 + index, midnight)
      ),
      holds: holds === "ignored" ? ("text" as const) : holds,
      halfHour: holds === "ignored" ? null : first + index
    }))
  ).flat();
}

function minutesSince(clock: string): number {
  return 60 * Number(clock.slice(0, 2)) + Number(clock.slice(3));
}

function labelOf(label: string, minutes: number, index: number, midnight: string): string {
  if (label === "n") return String(index + 1);
  const shown = minutes === 24 * 60 && midnight === "00:00" ? 0 : minutes;
  const hours = Math.trunc(shown / 60);
  const [hour, minute] = [String(hours).padStart(2, "0"), String(shown % 60).padStart(2, "0")];
  const labels: Record<string, string> = {
    "HH:mm": `${hour}:${minute}`,
    "H:mm": `${hours}:${minute}`,
    "h:mm": `${hours % 12 || 12}:${minute}`,
    HHmm: `${hour}${minute}`,
    Hmm: String(Number(`${hour}${minute}`)),
    HH: hour,
    mm: minute,
    AM: hours % 24 < 12 ? "AM" : "PM"
  };
  return labels[label] ?? "";
}

type Draft = Omit<Layout, "mend" | "unfold"> & {
  mend?: Layout["mend"] | undefined;
  unfold?: Layout["unfold"] | undefined;
};

/** The columns a layout refers to by name. */
function namedColumns(layout: Draft): string[] {
  const columnIn = (part: unknown) =>
    typeof part === "object" && part !== null && "column" in part ? [String(part.column)] : [];
  const {
    shape,
    dial: {serial, register},
    checks: {row_total, daily_sequence}
  } = layout;
  const reading = shape.rows === "reading" ? [shape.quantity, ...placingColumns(shape.placed_by)] : [];
  return [
    ...[layout.meter, layout.date, layout.unit, layout.channel, layout.status, layout.measure, row_total].flatMap(
      columnIn
    ),
    ...[serial, register].filter(name => name !== undefined),
    ...(daily_sequence ? [daily_sequence.by] : []),
    ...layout.drop.map(({column}) => column),
    ...reading
  ];
}

function placingColumns(placed: z.infer<typeof readingRow>["placed_by"]): string[] {
  if ("until" in placed) return [placed.until];
  if ("period" in placed) return [placed.period];
  return "stamp" in placed && placed.time !== undefined ? [placed.time] : [];
}

function problemsOf(layout: Draft): string[] {
  const columns = columnsOf(layout);
  const quantities = columns.filter(({holds}) => holds === "quantity").length;
  const names = [...columns, ...layout.outside, ...layout.headings].map(({name}) => name);
  const halves = columns.flatMap(({holds, halfHour}) => (holds === "quantity" ? [halfHour] : []));
  const problems = namedColumns(layout)
    .filter(name => names.filter(other => other === name).length !== 1)
    .map(name => `no single column is named: ${name}`);
  if (layout.shape.rows === "day" && quantities < 46) problems.push(`half-hour columns for quantities: ${quantities}`);
  if (halves.some((halfHour, index) => halfHour !== index + 1))
    problems.push("each half-hour must be there once, in order");
  for (const block of layout.columns)
    if (
      typeof block === "object" &&
      "labels" in block &&
      block.labels !== undefined &&
      block.labels.length !== block.count
    )
      problems.push(`labels for ${block.count} half-hours: ${block.labels.length}`);
  if (layout.shape.rows === "reading" && quantities > 0) problems.push("rows of readings have no half-hour block");
  if (layout.clock === "utc" && quantities > 48) problems.push(`half-hours of a UTC day: ${quantities}`);
  if ("beside" in layout.status && columns.filter(({holds}) => holds === "status").length !== quantities)
    problems.push("each quantity column needs one status column");
  problems.push(
    ...layout.missing
      .filter(text => text.includes(layout.separator))
      .map(text => `a word for no reading contains the separator: ${text}`)
  );
  if (typeof layout.issued === "object" && "unfolded" in layout.issued && layout.unfold === undefined)
    problems.push("issued.unfolded needs unfold");
  if (layout.mend && !layout.checks.daily_sequence) problems.push("mend by sequence needs checks.daily_sequence");
  return [...problems, ...problemsOfTime(layout)];
}

/** What does not go together of how long readings are, how they are placed, and what they measure. */
function problemsOfTime({shape, interval, measure, clock, dial, columns, header, headings}: Draft): string[] {
  const isDated = typeof interval === "string";
  const placed = shape.rows === "reading" ? shape.placed_by : null;
  const isByDate = placed !== null && ("date" in placed || "until" in placed);
  const isOfCounter = isCounter({measure});
  const isEach = columns.some(column => typeof column === "object" && "each" in column);
  const found: readonly (readonly [boolean, string])[] = [
    [shape.rows === "day" && interval !== 30, `rows of days hold half-hours, not readings of: ${interval}`],
    [shape.rows === "day" && isOfCounter, "a counter stands in rows of readings"],
    [isByDate && !isDated, `readings of ${interval} minutes need a time of day or a period`],
    [
      isDated && placed !== null && "until" in placed !== (interval === "between dates"),
      'placed_by.until goes with interval "between dates"'
    ],
    [(interval === "between reads") !== (isOfCounter && isDated), 'interval "between reads" is of a counter'],
    [Object.keys(dial).length > 0 && interval !== "between reads", 'dial goes with interval "between reads"'],
    [interval === 60 && clock === "local-clock-sum", 'clock "local-clock-sum" is of half-hours'],
    [placed !== null && "period" in placed && interval !== 30, "settlement periods are half-hours"],
    [isEach && header === "none", "columns with `each` need a header"],
    [headings.length > 0 && header !== "none", 'rows under headings have header "none"']
  ];
  return found.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []));
}

/** Whether a layout finds something in the name of a file, which its bytes do not tell. */
export const findsInName = ({meter, outside}: Layout): boolean =>
  (typeof meter === "object" && "file_name" in meter) || outside.some(({in: place}) => place !== "lines above");
