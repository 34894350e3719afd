import {z} from "zod";
import {annualEmissions} from "../models/marts/annual_emissions.ts";
import {type BoroughEmissions, boroughEmissions} from "../models/marts/borough_emissions.ts";
import {type Comparison, comparisons} from "../models/marts/comparisons.ts";
import {type EmissionsBySource, emissionsBySource} from "../models/marts/emissions_by_source.ts";
import {type MissingBySource, missingBySource} from "../models/marts/missing_by_source.ts";
import {type ReportingYear, reportingYears} from "../models/marts/reporting_years.ts";
import {readFromMarts, readMart, readOneFromMarts} from "../models/read-mart.ts";
import type {Connection} from "../warehouse/connection.ts";
import {comparedText, yearTonnesText} from "../wording/completeness.ts";
import {longMonthText} from "../wording/dates.ts";
import {notYetPublished} from "../wording/factors.ts";
import {several, tonnesText} from "../wording/numbers.ts";
import {percent} from "../wording/shares.ts";
import {reportingYearText} from "../wording/years.ts";

const countedSchema = reportingYears.row.extend({
  scope_1_and_2_t_co2e: z.number(),
  scope_1_t_co2e: z.number(),
  scope_2_t_co2e: z.number(),
  scope_3_t_co2e: z.number()
});

/** A reporting year whose factors are all published. */
export type CountedYear = Readonly<z.infer<typeof countedSchema>>;

const awaitedSchema = annualEmissions.row
  .pick({reporting_year: true, activity: true, quantity: true, unit: true})
  .extend({
    factor_set: z.int(),
    has_ended: z.boolean(),
    /** Scopes 1 and 2 of the year by its published sets; null where it has none. */
    at_least_t_co2e: z.number().nullable()
  });

/** What one activity of a year waits with: a factor set that is not yet published. */
export type Awaited = Readonly<z.infer<typeof awaitedSchema>>;

/** The number and what is said with it, from the published marts. */
export interface Headline {
  /** The last whole reporting year, the newest that is over and not whole, where it is newer, and the one to date; any may be missing. */
  readonly whole: CountedYear | null;
  readonly incomplete: CountedYear | null;
  readonly toDate: CountedYear | null;
  /** What is missing of the newest years, the most first. */
  readonly missing: readonly MissingBySource[];
  /** What these years can be set against. */
  readonly comparisons: readonly Comparison[];
  /** Activity of the years that are newer than the whole one and have no total until a factor set is published. */
  readonly awaited: readonly Awaited[];
  /** The sources of the whole year's scopes 1 and 2, the largest first. */
  readonly sources: readonly Pick<EmissionsBySource, "emission_source" | "emissions_t_co2e">[];
  /** First and last month of the year to date. */
  readonly months: {first: Date; last: Date} | null;
  /** The newest year of the council's borough, by the statistic whose newest release reaches furthest; null without a code. */
  readonly borough: BoroughEmissions | null;
}

const mostSources = 4;

/** Reads the headline of a council: `onsCode` names its borough. */
export async function readHeadline(connection: Connection, onsCode: string | null): Promise<Headline> {
  const counted = "select * from marts.reporting_years where scope_1_and_2_t_co2e is not null and";
  const newest = "order by reporting_year desc limit 1";
  const [whole] = await readFromMarts(connection, countedSchema, `${counted} is_whole_year ${newest}`);
  const [ended] = await readFromMarts(connection, countedSchema, `${counted} has_ended ${newest}`);
  const [toDate] = await readFromMarts(connection, countedSchema, `${counted} not has_ended ${newest}`);
  const incomplete = ended?.is_whole_year === false ? ended : null;
  const years = [whole, incomplete, toDate].map(year => year?.reporting_year ?? 0);
  const missing = await readMart(
    connection,
    missingBySource,
    "where reporting_year in ($1, $2, $3) order by reporting_year, missing_t_co2e desc nulls first, emission_source, activity, kind, first_month, last_month",
    years
  );
  const compared = await readMart(
    connection,
    comparisons,
    "where reporting_year in ($1, $2, $3) order by reporting_year, against",
    years
  );
  const sources = await readFromMarts(
    connection,
    emissionsBySource.row.pick({emission_source: true, emissions_t_co2e: true}),
    `select emission_source, sum(emissions_t_co2e::decimal(18, 6))::double as emissions_t_co2e from marts.emissions_by_source
     where reporting_year = $1 and scope in ('1', '2') group by emission_source having sum(emissions_t_co2e) > 0
     order by 2 desc, 1 limit ${mostSources}`,
    [whole?.reporting_year ?? 0]
  );
  const {first, last} = await readOneFromMarts(
    connection,
    z.object({first: z.date().nullable(), last: z.date().nullable()}),
    "select min(month) as first, max(month) as last from marts.monthly_emissions where reporting_year = $1",
    [toDate?.reporting_year ?? 0]
  );
  const awaited = await readAwaited(connection);
  const [borough] = await readMart(
    connection,
    boroughEmissions,
    "where area_code = $1 and is_all_sectors and is_newest_release order by year desc, statistic limit 1",
    [onsCode ?? ""]
  );
  const months = first === null || last === null ? null : {first, last};
  return {
    whole: whole ?? null,
    incomplete,
    toDate: toDate ?? null,
    missing,
    comparisons: compared,
    awaited,
    sources,
    months,
    borough: borough ?? null
  };
}

/** Reads what waits for factor sets that are not yet published, the newest year first. */
export async function readAwaited(connection: Connection): Promise<Awaited[]> {
  return readFromMarts(
    connection,
    awaitedSchema,
    `with at_least as (
       select reporting_year, sum(emissions_t_co2e::decimal(18, 6))::double as at_least_t_co2e
       from marts.annual_emissions where scope in ('1', '2') and factor_set is not null group by reporting_year
     )
     select reporting_year, has_ended, factor_set, activity, unit, sum(quantity::decimal(18, 6))::double as quantity, at_least_t_co2e
     from marts.annual_emissions left join at_least using (reporting_year) join marts.reporting_years using (reporting_year)
     where scope is null group by all order by reporting_year desc, factor_set, activity, unit`
  );
}

/** The number in a sentence for each year that there is, with how final it is. */
export function numberTexts(headline: Headline): string[] {
  const {whole, incomplete, toDate, awaited} = headline;
  const texts = [
    ...(whole === null ? [] : [`${wholeText(whole, headline)}; complete, ${factorsOf(whole)}`]),
    ...(incomplete === null ? [] : [incompleteText(incomplete, headline)]),
    ...(toDate === null ? [] : [toDateText(toDate, headline)]),
    ...byYear(awaited).map(awaitedText)
  ];
  return texts.length === 0 ? ["there is no number yet"] : texts;
}

export const wholeText = (year: CountedYear, headline: Headline) =>
  `${reportingYearText(year.reporting_year)}: ${tonnesText(year.scope_1_and_2_t_co2e)} CO₂e from our own operations${sinceBase(year, headline)}`;

/** Against the base year where that is whole, else against the first whole year there is. */
function sinceBase({reporting_year}: CountedYear, {comparisons: all}: Headline): string {
  const own = all.filter(each => each.reporting_year === reporting_year && each.is_all);
  const base =
    own.find(({against}) => against === "base year") ?? own.find(({against}) => against === "first whole year");
  const words = base === undefined ? undefined : comparedText(base);
  return words === undefined ? "" : `, ${words}`;
}

export const incompleteText = (year: CountedYear, headline: Headline) =>
  `${reportingYearText(year.reporting_year)} is not complete: ${yearTonnesText(year.scope_1_and_2_t_co2e, false)} CO₂e; ${heldText(year, headline)}`;

export const missingOf = ({reporting_year}: CountedYear, {missing}: Headline) =>
  missing.filter(each => each.reporting_year === reporting_year);

/** `48% of what is expected is here`, by tonnes. */
export function heldText(year: CountedYear, headline: Headline): string {
  const {expected_t_co2e, held_t_co2e} = year;
  if (expected_t_co2e === null || held_t_co2e === null || expected_t_co2e === 0)
    return "nothing says how much to expect";
  if (missingOf(year, headline).some(({unknowns}) => unknowns > 0)) return "how much is missing is not known";
  return `${percent(held_t_co2e, expected_t_co2e)} of what is expected is here`;
}

export function toDateText(year: CountedYear, {months}: Headline): string {
  const when =
    months === null ? several(year.months, "month") : `${longMonthText(months.first)} to ${longMonthText(months.last)}`;
  return `${reportingYearText(year.reporting_year)} so far (provisional): ${yearTonnesText(year.scope_1_and_2_t_co2e, false)}, ${when}; ${factorsOf(year)}`;
}

export const byYear = (awaited: readonly Awaited[]) =>
  [...new Set(awaited.map(({reporting_year}) => reporting_year))].map(year =>
    awaited.filter(({reporting_year}) => reporting_year === year)
  );

/** One year that waits: which factors are missing, and what is counted without them. */
export function awaitedText(awaited: readonly Awaited[]): string {
  const {reporting_year, has_ended, at_least_t_co2e: atLeast} = awaited[0] as Awaited;
  const why = notYetPublished(awaited.map(({factor_set}) => factor_set));
  const so = atLeast === null ? "no emissions yet" : `no total yet, at least ${tonnesText(atLeast)} CO₂e`;
  return `${reportingYearText(reporting_year)}${has_ended ? "" : " so far"}: ${why}; ${so}`;
}

export const factorsOf = ({factor_sets, is_provisional}: ReportingYear) =>
  `${factor_sets} factors${is_provisional ? ", some of them last year's or second-hand copies" : ""}`;
