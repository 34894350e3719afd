import {listText} from "../../wording/lists.ts";
import {pandemicYears, reportingYearText} from "../../wording/years.ts";
import {gapsOf, type Series} from "./series.ts";

/** What a reader has to know of the years drawn: which are not held, not whole, of the pandemic, and which have provisional factors. */
export function yearSentences(
  series: Series,
  provisional: ReadonlySet<number>,
  part: ReadonlySet<number> = new Set()
): string[] {
  return [
    gapSentences(series, reportingYearText),
    sentence(
      "Not complete, so at least this much",
      series.held.filter(year => part.has(year))
    ),
    sentence(
      "Pandemic years, shaded",
      pandemicYears.filter(year => series.held.includes(year))
    ),
    sentence(
      "Provisional factors",
      series.held.filter(year => provisional.has(year))
    )
  ].flat();
}

/** Which years between the first and the last are not held, if any. */
export function gapSentences(series: Series, name: (year: number) => string): string[] {
  return sentence("No data", gapsOf(series), name);
}

function sentence(about: string, years: readonly number[], name = reportingYearText): string[] {
  return years.length > 0 ? [`${about}: ${listText(years.map(name))}.`] : [];
}
