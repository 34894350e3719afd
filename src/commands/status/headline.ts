import {inert} from "../../effects.ts";
import type {BoroughEmissions} from "../../models/marts/borough_emissions.ts";
import type {ReportingYear} from "../../models/marts/reporting_years.ts";
import {
  type Awaited,
  awaitedText,
  byYear,
  type CountedYear,
  factorsOf,
  type Headline,
  heldText,
  incompleteText,
  missingOf,
  toDateText,
  wholeText
} from "../../publish/headline.ts";
import {likeForLikeText, missingList, unregisteredText} from "../../wording/completeness.ts";
import {amount, energyText, tonnesText} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {notTheMeasure} from "../../wording/targets.ts";
import {reportingYearText} from "../../wording/years.ts";

/** The headline in words: a paragraph an officer could read out. */
export function headlineLines(headline: Headline): string[] {
  const {whole, incomplete, toDate, awaited, borough} = headline;
  if (whole === null && incomplete === null && toDate === null && awaited.length === 0) return [];
  const first = (isFirst: boolean) => (isFirst ? label.bind(null, "Emissions") : more);
  return folded([
    ...(whole === null ? [] : wholeLines(whole, headline)),
    ...(incomplete === null ? [] : incompleteLines(incomplete, headline, first(whole === null))),
    ...(toDate === null ? [] : toDateLines(toDate, headline, first(whole === null && incomplete === null))),
    ...awaitedLines(awaited, first(whole === null && incomplete === null && toDate === null)),
    more("market-based: not available, because no certificates or residual mix are on file"),
    ...(borough === null ? [] : boroughLines(borough))
  ]);
}

function wholeLines(year: CountedYear, headline: Headline): string[] {
  const {scope_1_t_co2e, scope_2_t_co2e, scope_3_t_co2e} = year;
  const {sources} = headline;
  const missing = missingOf(year, headline);
  return [
    label("Emissions", wholeText(year, headline)),
    more(
      `fuel and refrigerants we use (scope 1) ${tonnesText(scope_1_t_co2e)}; electricity and heat we buy (scope 2, grid average) ${tonnesText(scope_2_t_co2e)}`
    ),
    more(`scope 3, not in the total: ${tonnesText(scope_3_t_co2e)}; ${factorsOf(year)}`),
    ...(missing.length === 0
      ? []
      : [more(`${heldText(year, headline)}; not in the total: ${missingList(missing, 1)}`)]),
    ...unregisteredLines(year),
    ...(sources.length === 0
      ? []
      : [
          more(
            `largest sources: ${sources.map(({emission_source, emissions_t_co2e}) => `${inert(emission_source)} ${tonnesText(emissions_t_co2e)}`).join(", ")}`
          )
        ]),
    ...factorLines(year)
  ];
}

/** A year that is over and not whole: no less than what is held, what is missing, and what of it can be compared. */
function incompleteLines(year: CountedYear, headline: Headline, first: (text: string) => string): string[] {
  const {whole} = headline;
  return [
    first(incompleteText(year, headline)),
    ...missingLines(year, headline),
    ...unregisteredLines(year),
    ...likeForLikeLines(year, headline),
    more(
      whole === null
        ? "no year is complete yet"
        : `the last complete year is ${reportingYearText(whole.reporting_year)}`
    )
  ];
}

function missingLines(year: CountedYear, headline: Headline): string[] {
  const missing = missingOf(year, headline);
  return missing.length === 0 ? [] : [more(`missing: ${missingList(missing)}`)];
}

function unregisteredLines(year: CountedYear): string[] {
  const words = unregisteredText(year);
  return words === undefined ? [] : [more(words)];
}

function likeForLikeLines({reporting_year}: CountedYear, {comparisons: all}: Headline): string[] {
  const before = all.find(each => each.reporting_year === reporting_year && each.against === "year before");
  const words = before === undefined ? undefined : likeForLikeText(before);
  return words === undefined ? [] : [more(words)];
}

function toDateLines(year: CountedYear, headline: Headline, first: (text: string) => string): string[] {
  return [
    first(toDateText(year, headline)),
    ...missingLines(year, headline),
    ...unregisteredLines(year),
    ...likeForLikeLines(year, headline),
    ...factorLines(year)
  ];
}

function awaitedLines(awaited: readonly Awaited[], first: (text: string) => string): string[] {
  return byYear(awaited).flatMap((ofYear, index) => [
    (index === 0 ? first : more)(awaitedText(ofYear)),
    more(`used, emissions not yet known: ${ofYear.map(quantityText).join(", ")}`)
  ]);
}

function quantityText({activity, quantity, unit}: Awaited): string {
  const used = unit === "kWh" ? energyText(quantity) : `${amount(quantity)} ${unit}`;
  return `${inert(activity.replaceAll("_", " "))} ${used}`;
}

function factorLines({
  factor_sets,
  at_factors_before_t_co2e: before,
  factor_effect_t_co2e: effect,
  factor_breaks
}: ReportingYear) {
  if (before === null || effect === null || factor_sets.includes(",")) return [];
  const verb = effect < 0 ? "took off" : "added";
  return [
    more(
      `new government factors, not our own work, ${verb} ${tonnesText(Math.abs(effect))}: without them it would be ${tonnesText(before)}`
    ),
    ...(factor_breaks === null
      ? []
      : [
          more(`part of that is a one-off effect of timing (more than one year of change in one set): ${factor_breaks}`)
        ])
  ];
}

function boroughLines({
  area_name,
  year,
  statistic_name,
  emissions_kt_co2,
  emissions_kt_co2e,
  release,
  published
}: BoroughEmissions) {
  const [total, gas] = emissions_kt_co2 === null ? [emissions_kt_co2e ?? 0, "CO₂e"] : [emissions_kt_co2, "CO₂"];
  return [
    label("Borough", `${area_name} ${year}: ${amount(total)} kt ${gas}, ${statistic_name}`),
    more(
      `official figures, release ${release}${published === null ? "" : `, published ${published}`}: ${notTheMeasure}`
    )
  ];
}
