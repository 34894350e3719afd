import {dateText} from "../../wording/dates.ts";
import {type Finding, findingSays, rangeText} from "../../wording/findings.ts";
import {several} from "../../wording/numbers.ts";
import {printable} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";

/** A finding with what it costs, and what all of them do. */
export interface CostlyFinding extends Pick<Finding, "kind" | "energy" | "site_name" | "subject" | "since"> {
  readonly finding_id: string;
  readonly gbp_a_year_low: number;
  readonly gbp_a_year_high: number;
  readonly found: number;
  readonly all_low: number;
  readonly all_high: number;
  readonly as_of: Date;
}

const pounds = (low: number, high: number) => rangeText(low, high, "£");

/** `Willowmarch Primary School: the heating runs while it is shut`. */
export const nameOf = (row: CostlyFinding, shortened: (name: string) => string = name => name) =>
  `${shortened(printable(row.site_name ?? row.subject, 60))}${saysOf(row)}`;

/** What stands after the name. */
export const saysOf = (row: CostlyFinding) => `: ${findingSays(row)}`;

/** `£39,000 to £49,000`. */
export const poundsOf = ({gbp_a_year_low, gbp_a_year_high}: CostlyFinding) => pounds(gbp_a_year_low, gbp_a_year_high);

/** `£39,000 to £49,000, since 5 Oct 2026`. */
export const costOf = (row: CostlyFinding) =>
  `${poundsOf(row)}${row.since === null ? "" : `, since ${dateText(row.since)}`}`;

/** The words of the list, of which the first `shown` are drawn: what all that is found costs a year. */
export function findingsWords(rows: readonly [CostlyFinding, ...CostlyFinding[]], shown: number): FigureWords {
  const [{found, all_low, all_high, as_of}] = rows;
  const title = `${several(found, "finding")} could save ${pounds(all_low, all_high)} a year`;
  return {
    id: ["costliest-findings"],
    title,
    measure: `Avoidable £ a year${shown < found ? `, the first ${shown}` : ""}, with its range`,
    period: `to ${dateText(as_of)}`,
    alt: `Range chart of avoidable pounds a year, a line a finding. ${title}. ${rows.map(row => `${nameOf(row)}, ${costOf(row)}.`).join(" ")}`,
    source: `half-hourly readings to ${dateText(as_of)}, at the council's tariffs of that day`
  };
}
