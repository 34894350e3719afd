import {amount} from "../../wording/numbers.ts";
import {lessOrMore, percent} from "../../wording/shares.ts";
import {allowanceName, pathToConfirm} from "../../wording/targets.ts";
import {printable, sentenceCase} from "../../wording/titles.ts";
import {reportingYearEnd, reportingYears, reportingYearText} from "../../wording/years.ts";
import type {FigureWords} from "../kit/figure.ts";
import type {AllowanceYear} from "./draw.ts";

/** What was emitted since the base year, of the last year of which anything is held. */
export interface Used {
  readonly year: number;
  readonly emitted: number;
  readonly allowed: number;
  readonly inAll: number;
  readonly isWhole: boolean;
}

/** The last year of which anything is held and for which there is a path; undefined where there is none. */
export function usedOf(rows: readonly AllowanceYear[]): Used | undefined {
  return rows
    .flatMap(({year, emitted_so_far_t, at_least_so_far_t, allowed_so_far_t: allowed, allowed_in_all_t: inAll}) => {
      const emitted = emitted_so_far_t ?? at_least_so_far_t;
      return emitted === null || allowed === null || inAll === null
        ? []
        : [{year, emitted, allowed, inAll, isWhole: at_least_so_far_t === null}];
    })
    .at(-1);
}

/** Why nothing can be said yet. */
export const noAllowanceTitle = ({base_year}: AllowanceYear) =>
  `No allowance yet: ${reportingYearText(base_year)} is not complete`;

/** The words: which part of the whole allowance is used, beside the part that the path allows by then. */
export function allowanceWords(rows: readonly [AllowanceYear, ...AllowanceYear[]], used: Used): FigureWords {
  const [first] = rows;
  const title = titleOf(used);
  const period = reportingYears(first.base_year, first.target_year);
  const least = used.isWhole ? "" : "at least ";
  const goal = printable(first.target_name, 60);
  return {
    id: ["allowance", first.target_id],
    title,
    notes: first.is_confirmed ? [] : [pathToConfirm],
    measure: `Emissions in t CO₂e since ${reportingYearText(first.base_year)}, ${printable(first.series, 120).replace("location-based", "grid average")}, and ${allowanceName} to ${goal}`,
    period,
    alt: [
      `Bar chart of emissions in t CO₂e added up since ${reportingYearText(first.base_year)}, and of what the straight path to ${goal} allows, ${period}. ${title}.`,
      `${sentenceCase(`${least}${amount(used.emitted)} t CO₂e`)} emitted to the end of ${reportingYearText(used.year)}; the straight path allows ${amount(used.allowed)} t by then and ${amount(used.inAll)} t in all.`,
      ...sinceSentence(used, first.base_year),
      ...(first.is_confirmed ? [] : [`${pathToConfirm}.`])
    ].join(" "),
    source: `inventory, grid-average factors, to ${reportingYearEnd(used.year)}`
  };
}

function titleOf({emitted, allowed, inAll, isWhole}: Used): string {
  const share = `${isWhole ? "" : "at least "}${percent(emitted, inAll)}`;
  if (emitted >= inAll) return `All of ${allowanceName} is used`;
  if (isWhole) return `${share} of the allowance used; straight path allows ${percent(allowed, inAll)}`;
  return emitted > allowed
    ? `${sentenceCase(share)} of the allowance used; path allows ${percent(allowed, inAll)}`
    : `${sentenceCase(allowanceName)}: ${share} used`;
}

/** How much more or less than the path allows so far; of years that are not whole only that it is more already. */
function sinceSentence({emitted, allowed, isWhole}: Used, base: number): string[] {
  const change = lessOrMore(allowed, emitted, 1);
  if (change === undefined || (!isWhole && emitted < allowed)) return [];
  return [`That is ${isWhole ? "" : "at least "}${change} than the path allows since ${reportingYearText(base)}.`];
}
