import type {Trajectory} from "../../models/marts/trajectories.ts";
import {reportingYearText} from "../../wording/years.ts";

/** One value of one year, in the unit of the course. */
export interface YearValue {
  readonly year: number;
  readonly value: number;
}

/** What was emitted in one year. */
export interface ActualYear extends YearValue {
  readonly isProvisional: boolean;
}

/** What one pathway requires, by year, ending with what it still allows in the target year. */
export interface Path {
  readonly pathway: Trajectory["pathway"];
  /** `linear to 5%`, `13.9% less each year`. */
  readonly name: string;
  readonly required: readonly YearValue[];
}

/** How far the last year with figures is from what a pathway requires of it: above zero is too much. */
export interface Gap {
  readonly year: number;
  readonly actual: number;
  readonly required: number;
  readonly value: number;
}

/** The rows of one target side by side, in the unit that they are shown in. */
export interface Course {
  /** Any of the rows, for what is the same in all. */
  readonly target: Trajectory;
  readonly isOwn: boolean;
  readonly unit: "t" | "kt";
  /** Every year from the first to the last, the target year, held or not. */
  readonly years: readonly number[];
  readonly actual: readonly ActualYear[];
  /** Years that are over and not whole: the truth is no less. */
  readonly atLeast: readonly YearValue[];
  /** Whether the last of those is above the path already. */
  readonly isSurelyAbove: boolean;
  /** The same activity at the factors of one set; empty where it is not known. */
  readonly constant: readonly YearValue[];
  /** The linear pathway first. */
  readonly paths: readonly Path[];
  /** Years whose factors broke with those of the year before, and the words of the mart for it. */
  readonly breaks: ReadonlyMap<number, string>;
  readonly yearWords: (year: number) => string;
}

/** @throws Error on rows of more than one target, boundary, series or gases: they are never one course. */
export function courseOf(rows: readonly [Trajectory, ...Trajectory[]]): Course {
  refuseMixed(rows);
  const [target] = rows;
  const isOwn = target.boundary === "own operations";
  const scale = isOwn ? 1 : 1000;
  const byYear = [...new Map(rows.map(row => [row.year, row])).values()].sort((a, b) => a.year - b.year);
  const [first, last] = [byYear[0]?.year ?? 0, Math.max(target.target_year, byYear.at(-1)?.year ?? 0)];
  return {
    target,
    isOwn,
    unit: isOwn ? "t" : "kt",
    years: Array.from({length: last - first + 1}, (_, i) => first + i),
    actual: valuesOf(byYear, "actual_t", scale),
    atLeast: valuesOf(byYear, "at_least_t", scale),
    isSurelyAbove:
      rows.filter(row => row.at_least_t !== null && row.pathway === "linear").at(-1)?.is_surely_above ?? false,
    constant: valuesOf(byYear, "constant_factor_t", scale),
    paths: (["linear", "constant percentage"] as const).flatMap(pathway => pathOf(rows, pathway, scale)),
    breaks: new Map(byYear.flatMap(row => (row.factor_breaks === null ? [] : [[row.year, row.factor_breaks]]))),
    yearWords: isOwn ? reportingYearText : String
  };
}

function refuseMixed(rows: readonly Trajectory[]): void {
  for (const column of ["target_id", "boundary", "series", "gases"] as const) {
    const found = [...new Set(rows.map(row => row[column]))];
    if (found.length > 1) throw new Error(`trajectory figure of more than one ${column}: ${found.join(", ")}`);
  }
}

function valuesOf(
  rows: readonly Trajectory[],
  column: "actual_t" | "at_least_t" | "constant_factor_t" | "required_t",
  scale: number
): ActualYear[] {
  return rows.flatMap(row => {
    const value = row[column];
    return value === null ? [] : [{year: row.year, value: value / scale, isProvisional: row.is_provisional}];
  });
}

function pathOf(rows: readonly Trajectory[], pathway: Trajectory["pathway"], scale: number): Path[] {
  const own = rows.filter(row => row.pathway === pathway).sort((a, b) => a.year - b.year);
  const required = valuesOf(own, "required_t", scale);
  return own[0] && required.length > 0 ? [{pathway, name: names[pathway], required}] : [];
}

const names: Readonly<Record<Trajectory["pathway"], string>> = {
  linear: "straight-line path",
  "constant percentage": "same percentage cut every year"
};

/** Against the linear pathway, or against the only one there is; undefined before the pathway begins. */
export function gapOf({actual, paths}: Course, {required} = paths[0] ?? {required: []}): Gap | undefined {
  const last = actual.at(-1);
  const allowed = required.find(({year}) => year === last?.year);
  if (last === undefined || allowed === undefined) return undefined;
  return {year: last.year, actual: last.value, required: allowed.value, value: last.value - allowed.value};
}

/** What a pathway still allows in the target year. */
export function residualOf({required}: Path): YearValue {
  return required.at(-1) as YearValue;
}
