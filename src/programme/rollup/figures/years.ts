import {emptyFigure} from "../../../figures/kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../../../figures/kit/figure.ts";
import {listText} from "../../../wording/lists.ts";
import {plain, several, tonnesText} from "../../../wording/numbers.ts";
import {sentenceCase} from "../../../wording/titles.ts";
import {pandemicYears, reportingYearEnd, reportingYears, reportingYearText} from "../../../wording/years.ts";
import type {RollupRow} from "../tables.ts";
import {togetherText} from "../words.ts";
import {type AcrossBar, acrossPlot, roomFor} from "./across.ts";

type Year = RollupRow<"years">;

/** More bars than these are too many to read. */
const mostBars = 15;

/**
 * Each year that is over, of all councils together: what those come to that are complete, and hatched after it what the others come to at the least. How many
 * are complete stands beside it, since years with other councils are not to be compared.
 */
export function yearsFigure(years: readonly Year[], options: FigureOptions): Figure {
  const held = years.filter(({has_ended, together_t_co2e}) => has_ended && together_t_co2e !== null);
  const last = held.at(-1);
  if (last === undefined) return emptyFigure("years-together", options, "complete years");
  const bars = held.map(
    (year): AcrossBar => ({
      name: reportingYearText(year.reporting_year),
      words: `${togetherText(year)}, ${completeText(year)}`,
      complete: year.whole_t_co2e,
      atLeast: year.part_at_least_t_co2e
    })
  );
  const shown = bars.slice(-roomFor(bars.length, mostBars, bars, options));
  const drawn = held.slice(-shown.length);
  const left = leftText(bars.length - shown.length, drawn);
  return figureOf(wordsOf(drawn, last, shown, left), acrossPlot(shown, left, options), options);
}

function leftText(earlier: number, drawn: readonly Year[]): string | null {
  const pandemic = drawn.map(({reporting_year}) => reporting_year).filter(year => pandemicYears.includes(year));
  const parts = [
    ...(earlier > 0 ? [`${several(earlier, "earlier year")} not drawn`] : []),
    ...(pandemic.length > 0 ? [`in the pandemic: ${listText(pandemic.map(reportingYearText))}`] : [])
  ];
  return parts.length === 0 ? null : sentenceCase(parts.join("; "));
}

/** `12 of 380 complete`. */
const completeText = ({whole_councils, councils}: Year) => `${plain(whole_councils)} of ${plain(councils)} complete`;

function wordsOf(held: readonly Year[], last: Year, shown: readonly AcrossBar[], left: string | null) {
  const [first] = held;
  const period = reportingYears((first ?? last).reporting_year, last.reporting_year);
  const title = titleOf(last);
  return {
    id: ["years-together"],
    title,
    measure: "Own operations in t CO₂e, scopes 1 and 2 (grid average)",
    period,
    alt: [
      `Bar chart of the emissions of all councils together, ${period}. ${title}.`,
      `${shown.map(({name, words}) => `${name}: ${words}`).join("; ")}.`,
      ...(left === null ? [] : [`${left}.`])
    ].join(" "),
    source: `the newest edition of each, to ${reportingYearEnd(last.reporting_year)}`,
    publisher: several(last.councils, "council")
  };
}

function titleOf(year: Year): string {
  const [when, t] = [reportingYearText(year.reporting_year), tonnesText(year.together_t_co2e ?? 0)];
  if (year.is_total) return `${several(year.councils, "council")} emitted ${t} in ${when}`;
  if (year.whole_councils === 0) return `${when}: at least ${t}, no council complete`;
  return `${when}: at least ${t}, ${plain(year.whole_councils)} of ${several(year.councils, "council")} complete`;
}
