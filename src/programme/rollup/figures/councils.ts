import {emptyFigure} from "../../../figures/kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../../../figures/kit/figure.ts";
import {plain, several, tonnesText} from "../../../wording/numbers.ts";
import {headline, printable} from "../../../wording/titles.ts";
import {reportingYearEnd, reportingYearText} from "../../../wording/years.ts";
import type {RollupRow} from "../tables.ts";
import {type AcrossBar, acrossPlot, roomFor} from "./across.ts";

type CouncilYear = RollupRow<"council_years">;

/** What councils are set side by side in: the year of all together, and each council that has a figure of it. */
export interface CouncilsOfYear {
  readonly year: RollupRow<"years">;
  readonly rows: readonly CouncilYear[];
}

/** More bars than these are too many to read. */
const mostBars = 20;

/** The councils of one year, the largest first: those that are complete solid, the others hatched, since they are at least so much. What is not drawn is counted. */
export function councilsFigure(of: CouncilsOfYear | undefined, options: FigureOptions): Figure {
  if (of === undefined || of.rows.length === 0) return emptyFigure("councils-side-by-side", options, "complete years");
  const rows = [...of.rows].sort((a, b) => b.t_co2e - a.t_co2e || (a.council < b.council ? -1 : 1));
  const bars = rows.map(
    (row): AcrossBar => ({
      name: printable(row.council_name, 60),
      mark: row.is_illustrative ? " (illustrative)" : "",
      words: numberText(row),
      complete: row.is_whole_year ? row.t_co2e : null,
      atLeast: row.is_whole_year ? null : row.t_co2e
    })
  );
  const shown = bars.slice(0, roomFor(bars.length, mostBars, bars, options));
  const left = leftText(bars.length - shown.length, of.year.councils_without);
  return figureOf(wordsOf({...of, rows}, shown, left), acrossPlot(shown, left, options), options);
}

const numberText = ({t_co2e, is_whole_year}: CouncilYear) => `${is_whole_year ? "" : "at least "}${tonnesText(t_co2e)}`;

function leftText(more: number, without: number): string | null {
  const parts = [
    ...(more > 0 ? [`${plain(more)} more not drawn`] : []),
    ...(without > 0 ? [`${plain(without)} without a figure`] : [])
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

function wordsOf({year, rows}: CouncilsOfYear, shown: readonly AcrossBar[], left: string | null) {
  const when = reportingYearText(year.reporting_year);
  const title = titleOf(year, rows, when);
  const invented = rows.filter(row => row.is_illustrative).length;
  return {
    id: ["councils-side-by-side"],
    title,
    measure: "Own operations in t CO₂e, scopes 1 and 2 (grid average)",
    period: [
      when,
      ...(shown.length < rows.length ? [`the largest ${shown.length} of ${plain(rows.length)}`] : []),
      ...(invented > 0 && invented < rows.length ? [`${plain(invented)} of them illustrative`] : [])
    ].join(", "),
    alt: [
      `Bar chart of the emissions of each council, ${when}. ${title}.`,
      `${shown.map(({name, mark = "", words}) => `${name}${mark}: ${words}`).join("; ")}.`,
      ...(left === null ? [] : [`${left}.`])
    ].join(" "),
    source: `the newest edition of each, to ${reportingYearEnd(year.reporting_year)}`,
    publisher: several(year.councils, "council")
  };
}

/** Who emits most is said only where every council is complete, since any other might be more than is held of it. */
function titleOf(
  {councils, whole_councils, is_total, together_t_co2e}: CouncilsOfYear["year"],
  [first, second]: readonly CouncilYear[],
  when: string
): string {
  if (councils === 1 && !is_total) return `${when} is not complete: at least ${tonnesText(together_t_co2e ?? 0)}`;
  if (!is_total || first === undefined)
    return `${when} is complete for ${whole_councils === 0 ? "none" : plain(whole_councils)} of ${several(councils, "council")}`;
  const [t, name] = [tonnesText(first.t_co2e), printable(first.council_name, 40)];
  if (second === undefined) return headline(name, [name => `${name} emitted ${t} in ${when}`, name => `${name}: ${t}`]);
  if (tonnesText(second.t_co2e) === t)
    return `${several(councils, "council")} emitted ${tonnesText(together_t_co2e ?? 0)} in ${when}`;
  return headline(name, [name => `${name} emitted most in ${when}: ${t}`, name => `${name}: most, ${t}`]);
}
