import type {Observation} from "../kinds.ts";
import type {RecordFile, RejectedRecord} from "../record-format.ts";

/** What was read of a file of figures, before those that stand in it twice are settled. */
export interface FiguresRead {
  readonly figures: readonly Observation[];
  readonly rejected?: readonly RejectedRecord[];
  readonly dropped?: number;
  readonly issued?: string | null;
}

/**
 * The figures of a file, each once. One that stands there twice alike is dropped the second time, and so is one without a value beside one with it.
 * Where a file gives two values of one figure neither can be known to be right: both are rejected as "repeated".
 */
export function observationFile({
  figures,
  rejected = [],
  dropped = 0,
  issued = null
}: FiguresRead): RecordFile<"observation"> {
  const rows: Observation[] = [];
  const repeated: RejectedRecord[] = [];
  for (const same of byFigure(figures)) {
    const present = same.filter(({value}) => value !== null);
    const [first] = present.length > 0 ? present : same;
    if (first === undefined) continue;
    const values = [...new Set(present.map(({value, status}) => `${value} (${status})`))];
    if (values.length <= 1) rows.push(first);
    else
      for (const {line} of present)
        repeated.push({line, rule: "repeated", value: `${labelOf(first)}: ${values.join(", ")}`});
  }
  const settled = [...rejected, ...repeated];
  const records = figures.length + rejected.length + dropped;
  return {rows, rejected: settled, dropped: records - rows.length - settled.length, records, issued};
}

const labelOf = ({series, item, starts_at}: Observation) =>
  [series, item, starts_at].filter(part => part !== "").join(" ");

function byFigure(figures: readonly Observation[]): Iterable<readonly Observation[]> {
  const held = new Map<string, Observation[]>();
  for (const figure of figures) {
    const {series, item, area, starts_at, period} = figure;
    const key = JSON.stringify([series, item, area, starts_at, period]);
    const same = held.get(key);
    if (same === undefined) held.set(key, [figure]);
    else same.push(figure);
  }
  return held.values();
}
