import {columnsOf, type Layout} from "../layout.ts";
import {areTimes, type LabelRun, labelsIn, runFrom} from "./labels.ts";
import {areNumbers} from "./numbers.ts";
import {isNamed, type NoDraft, type TableColumn, valuesOf} from "./table.ts";

export type BlockColumns = Extract<Layout["columns"][number], {half_hours: unknown}>;
type Held = BlockColumns["half_hours"][number]["holds"];

/** A run of half-hour columns of a table. */
export interface Block {
  readonly start: number;
  /** How many columns of the table it takes. */
  readonly width: number;
  readonly columns: BlockColumns;
  readonly isTimes: boolean;
  /** The names of its first and last quantity. */
  readonly ends: readonly [string, string];
}

const lengths = new Set([46, 48, 50]);

/** The half-hour columns of a table, the one block of quantities among them; none where its rows are readings. */
export function blocksIn(columns: readonly TableColumn[]): readonly Block[] | NoDraft {
  const runs = runsIn(columns.map(({name}) => name));
  const blocks = runs.filter(({count}) => lengths.has(count)).map(run => blockOf(run, columns));
  const problem = blocks.find(block => "reason" in block);
  if (problem !== undefined && "reason" in problem) return problem;
  const good = blocks.flatMap(block => ("reason" in block ? [] : [block]));
  if (good.length > 0) return withOneQuantity(good);
  const other = runs.find(({count}) => count === 24 || count >= 90);
  if (other === undefined) return [];
  return {reason: `${other.count} columns divide the day, but canopy reads half-hours: 48 or 50 columns`};
}

/** Runs of labels, from the left, none within another. */
function runsIn(names: readonly string[]): LabelRun[] {
  const labels = names.map(labelsIn);
  const runs: LabelRun[] = [];
  let at = 0;
  while (at < names.length) {
    const tried = [1, 2, 3, 4].map(stride => runFrom(labels, at, stride));
    const [run] = tried.sort((a, b) => b.count - a.count || a.stride - b.stride);
    if (run === undefined || run.count < 24) at += 1;
    else {
      runs.push(run);
      at = run.start + (run.count - 1) * run.stride + 1 + companionsOf(run, names.length);
    }
  }
  return runs;
}

const companionsOf = ({start, count, stride}: LabelRun, columns: number) =>
  Math.min(stride - 1, columns - (start + (count - 1) * stride + 1));

function blockOf(run: LabelRun, columns: readonly TableColumn[]): Block | NoDraft {
  const {start, stride, count} = run;
  if (start + count * stride > columns.length)
    return {reason: `the last half-hour, "${columns.at(-1)?.name}", lacks a column that the others have next to them`};
  const [first] = run.labels;
  const isTimes = areTimes(run);
  if (isTimes && (first?.value ?? 0) % 48 > 1)
    return {reason: `its half-hours begin at "${columns[start]?.name}", not at midnight: canopy cannot read that yet`};
  const series = Array.from({length: stride}, (_, offset) =>
    Array.from({length: count}, (__, index) => columns[start + offset + index * stride] as TableColumn)
  );
  const shared = {from: isTimes && (first?.value ?? 0) % 48 === 1 ? "00:30" : "00:00", count} as const;
  const labels = run.labels.map(({text}) => text);
  const ways = (["24:00", "00:00"] as const).flatMap(midnight => [
    {...shared, midnight},
    {...shared, midnight, labels},
    ...(stride === 1 ? [{...shared, midnight, labels: series.flat().map(({name}) => name)}] : [])
  ]);
  for (const way of ways) {
    const half_hours = series.map(each => writtenBy(each, way, first?.text ?? ""));
    if (half_hours.every(entry => entry !== null))
      return {start, width: count * stride, columns: {half_hours, first: 1, ...way}, isTimes, ends: endsOf(series)};
  }
  return {
    reason: `the names of its half-hours follow no pattern that a layout can describe: "${columns[start]?.name}" …`
  };
}

const endsOf = (series: readonly (readonly TableColumn[])[]): [string, string] => {
  const names = series.find(each => areNumbers(each.flatMap(({cells}) => cells)))?.map(({name}) => name) ?? [];
  return [names[0] ?? "", names.at(-1) ?? ""];
};

type Way = Pick<BlockColumns, "from" | "count" | "midnight" | "labels">;

const tokens = [
  "{HH:mm}",
  "{H:mm}",
  "{h:mm} {AM}",
  "{h:mm}{AM}",
  "{HHmm}",
  "{Hmm}",
  "{HH}.{mm}",
  "{HH}_{mm}",
  "{HH}h{mm}",
  "{n}",
  "{label}"
];

/** One column of each half-hour as a template of its names, and what it holds; null where no template gives them. */
function writtenBy(columns: readonly TableColumn[], way: Way, label: string): {name: string; holds: Held} | null {
  const names = columns.map(({name}) => name);
  const [first = ""] = names;
  const own = labelsIn(first).map(({text}) => text);
  const templates = [label, ...own].flatMap(text => tokens.map(token => first.replace(text, seconds(text, token))));
  const name = [first, ...templates, "{label}"].find(template => isWrittenBy(template, names, way));
  return name === undefined || name === "" ? null : {name, holds: heldBy(columns)};
}

/** A time with seconds keeps them as words. */
const seconds = (text: string, token: string) =>
  /^\d+:\d+:00$/.test(text) && token !== "{label}" ? `${token}:00` : token;

function isWrittenBy(template: string, names: readonly string[], way: Way): boolean {
  if (template === "") return false;
  const written = columnsOf({columns: [{half_hours: [{name: template, holds: "quantity"}], first: 1, ...way}]});
  return written.every(({name}, index) => name.toLowerCase() === names[index]?.toLowerCase());
}

function heldBy(columns: readonly TableColumn[]): Held {
  const cells = columns.flatMap(column => column.cells.slice(0, 200));
  const isReactive = columns.every(column => isNamed(column, /kva|reactive|cost|£|price|temp/i));
  if (areNumbers(cells)) return isReactive ? "ignored" : "quantity";
  return valuesOf({cells}).length <= 12 && valuesOf({cells}).length > 0 ? "status" : "ignored";
}

/** Quantities are read once: later columns of quantities are skipped, and so are statuses unless there is one for each quantity. */
function withOneQuantity(blocks: readonly Block[]): readonly Block[] | NoDraft {
  const isOf = (held: Held) => (block: Block) => block.columns.half_hours.some(({holds}) => holds === held);
  const quantities = blocks.find(isOf("quantity"));
  if (quantities === undefined)
    return {
      reason: `${blocks[0]?.columns.count} columns are named after half-hours, but do not hold numbers`
    };
  const statuses = [quantities, ...blocks].find(
    block => isOf("status")(block) && block.columns.count === quantities.columns.count
  );
  return blocks.map(block => {
    const kept: Held[] = [
      ...(block === quantities ? ["quantity" as const] : []),
      ...(block === statuses ? ["status" as const] : [])
    ];
    const left = new Set(kept);
    const half_hours = block.columns.half_hours.map(entry => ({
      ...entry,
      holds: left.delete(entry.holds) ? entry.holds : ("ignored" as const)
    }));
    return {...block, columns: {...block.columns, half_hours}};
  });
}

const repeated = /dst|time ?change|clock|extra|autumn|repeat|second pass/i;

/** After the 48 half-hours of a wall clock, the two that autumn repeats, where a file has columns for them. */
export function repeatedHour({start, width, columns: {half_hours}}: Block, columns: readonly TableColumn[]): Block[] {
  const each = half_hours.length;
  const held = half_hours.findIndex(({holds}) => holds === "quantity");
  const after = columns.slice(start + width, start + width + 2 * each);
  const isThere = [0, 1].every(index => isNamed(after[held + index * each] ?? {name: ""}, repeated));
  if (width !== 48 * each || !isThere) return [];
  return [0, 1].map(index => {
    const of = after.slice(index * each, (index + 1) * each);
    const entries = of.map(({name}, offset) => ({name, holds: half_hours[offset]?.holds ?? ("ignored" as const)}));
    return {
      start: start + width + index * each,
      width: each,
      columns: {half_hours: entries, from: "00:00", first: 49 + index, count: 1, midnight: "24:00"},
      isTimes: true,
      ends: [of[held]?.name ?? "", of[held]?.name ?? ""]
    };
  });
}

/** The half-hours of a table without a header: 48 or 50 columns of numbers side by side, or with a column between each. */
export function unnamedBlock(columns: readonly TableColumn[]): Block | null {
  const isNumber = columns.map(({cells}) => areNumbers(cells) && !cells.every(cell => /^(\d{6,})?$/.test(cell)));
  const isBeside = columns.map((column, index) => !isNumber[index] && heldBy([column]) === "status");
  for (const {index} of columns)
    for (const stride of [1, 2]) {
      const isStep = (at: number) => isNumber[at] === true && (stride === 1 || isBeside[at + 1] === true);
      let length = 0;
      while (isStep(index + length * stride)) length += 1;
      if (length === 48 && isNothing(columns.slice(index + 48 * stride, index + 50 * stride), stride)) length = 50;
      if ((length !== 48 && length !== 50) || isStep(index - stride)) continue;
      const names = [
        {name: "half-hour {n}", holds: "quantity" as const},
        {name: "status {n}", holds: "status" as const}
      ];
      const width = length * stride;
      return {
        start: index,
        width,
        columns: {half_hours: names.slice(0, stride), from: "00:00", first: 1, count: length, midnight: "24:00"},
        isTimes: false,
        ends: [`column ${index + 1}`, `column ${index + width - stride + 1}`]
      };
    }
  return null;
}

/** Whether two more half-hours follow that hold nothing, as those of October do all the rest of the year. */
const isNothing = (columns: readonly TableColumn[], stride: number) =>
  columns.length === 2 * stride &&
  columns.every(({cells}, index) => index % stride > 0 || cells.every(cell => cell === ""));
