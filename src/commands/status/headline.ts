import {z} from "zod";
import {inert} from "../../effects.ts";
import {annualEmissions} from "../../models/marts/annual_emissions.ts";
import {type BoroughEmissions, boroughEmissions} from "../../models/marts/borough_emissions.ts";
import {type EmissionsBySource, emissionsBySource} from "../../models/marts/emissions_by_source.ts";
import {type ReportingYear, reportingYears} from "../../models/marts/reporting_years.ts";
import {readFromMarts, readMart, readOneFromMarts} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {longMonthText} from "../../wording/dates.ts";
import {notYetPublished} from "../../wording/factors.ts";
import {amount, energyText, several, tonnesText} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {lessOrMore} from "../../wording/shares.ts";
import {notTheMeasure} from "../../wording/targets.ts";
import {reportingYearText} from "../../wording/years.ts";

const countedSchema = reportingYears.row.extend({
  scope_1_and_2_t_co2e: z.number(),
  scope_1_t_co2e: z.number(),
  scope_2_t_co2e: z.number(),
  scope_3_t_co2e: z.number()
});

/** A reporting year whose factors are all published. */
export type CountedYear = Readonly<z.infer<typeof countedSchema>>;

const awaitedSchema = annualEmissions.row
  .pick({reporting_year: true, is_whole_year: true, activity: true, quantity: true, unit: true})
  .extend({
    factor_set: z.int(),
    /** Scopes 1 and 2 of the year by its published sets; null where it has none. */
    at_least_t_co2e: z.number().nullable()
  });

/** What one activity of a year waits with: a factor set that is not yet published. */
export type Awaited = Readonly<z.infer<typeof awaitedSchema>>;

/** The number and what is said with it, from the published marts. */
export interface Headline {
  /** The last whole reporting year and the one to date, either of which may be missing. */
  readonly whole: CountedYear | null;
  readonly toDate: CountedYear | null;
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
  const [toDate] = await readFromMarts(connection, countedSchema, `${counted} not is_whole_year ${newest}`);
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
  return {whole: whole ?? null, toDate: toDate ?? null, awaited, sources, months, borough: borough ?? null};
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
     select reporting_year, is_whole_year, factor_set, activity, unit, sum(quantity::decimal(18, 6))::double as quantity, at_least_t_co2e
     from marts.annual_emissions left join at_least using (reporting_year)
     where scope is null group by all order by reporting_year desc, factor_set, activity, unit`
  );
}

/** The headline in words: a paragraph an officer could read out. */
export function headlineLines({whole, toDate, awaited, sources, months, borough}: Headline): string[] {
  if (whole === null && toDate === null && awaited.length === 0) return [];
  const first = (isFirst: boolean) => (isFirst ? label.bind(null, "Emissions") : more);
  return folded([
    ...(whole === null ? [] : wholeLines(whole, sources)),
    ...(toDate === null ? [] : toDateLines(toDate, months, first(whole === null))),
    ...awaitedLines(awaited, first(whole === null && toDate === null)),
    more("market-based: not available, because no certificates or residual mix are on file"),
    ...(borough === null ? [] : boroughLines(borough))
  ]);
}

function wholeLines(year: CountedYear, sources: Headline["sources"]): string[] {
  const {scope_1_t_co2e, scope_2_t_co2e, scope_3_t_co2e} = year;
  return [
    label(
      "Emissions",
      `${reportingYearText(year.reporting_year)}: ${tonnesText(year.scope_1_and_2_t_co2e)} CO₂e from our own operations${sinceBase(year)}`
    ),
    more(
      `fuel and refrigerants we use (scope 1) ${tonnesText(scope_1_t_co2e)}; electricity and heat we buy (scope 2, grid average) ${tonnesText(scope_2_t_co2e)}`
    ),
    more(`scope 3, not in the total: ${tonnesText(scope_3_t_co2e)}; ${factorsOf(year)}`),
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

function sinceBase(year: CountedYear): string {
  const {base_year, reporting_year, base_year_t_co2e, change_since_base_share} = year;
  if (base_year === null || base_year === reporting_year || base_year_t_co2e === null) return "";
  if (change_since_base_share === null) return "";
  return `, ${lessOrMore(base_year_t_co2e, year.scope_1_and_2_t_co2e)} than the ${tonnesText(base_year_t_co2e)} of ${reportingYearText(base_year)}`;
}

function toDateLines(year: CountedYear, months: Headline["months"], first: (text: string) => string): string[] {
  const when =
    months === null ? several(year.months, "month") : `${longMonthText(months.first)} to ${longMonthText(months.last)}`;
  const before =
    year.same_months_before_t_co2e === null
      ? ""
      : `; the same sources in the same months a year earlier: ${tonnesText(year.same_months_before_t_co2e)}`;
  return [
    first(
      `${reportingYearText(year.reporting_year)} so far (provisional): ${tonnesText(year.scope_1_and_2_t_co2e)}, ${when}; ${factorsOf(year)}${before}`
    ),
    ...factorLines(year)
  ];
}

function awaitedLines(awaited: readonly Awaited[], first: (text: string) => string): string[] {
  const years = [...new Set(awaited.map(({reporting_year}) => reporting_year))];
  return years.flatMap((year, index) =>
    awaitedYearLines(
      awaited.filter(({reporting_year}) => reporting_year === year),
      index === 0 ? first : more
    )
  );
}

/** One year that waits: which factors are missing, what is counted without them, and the energy and fuel that is not. */
function awaitedYearLines(awaited: readonly Awaited[], first: (text: string) => string): string[] {
  const {reporting_year, is_whole_year, at_least_t_co2e: atLeast} = awaited[0] as Awaited;
  const why = notYetPublished(awaited.map(({factor_set}) => factor_set));
  const so = atLeast === null ? "no emissions yet" : `no total yet, at least ${tonnesText(atLeast)} CO₂e`;
  return [
    first(`${reportingYearText(reporting_year)}${is_whole_year ? "" : " so far"}: ${why}; ${so}`),
    more(`used, emissions not yet known: ${awaited.map(quantityText).join(", ")}`)
  ];
}

function quantityText({activity, quantity, unit}: Awaited): string {
  const used = unit === "kWh" ? energyText(quantity) : `${amount(quantity)} ${unit}`;
  return `${inert(activity.replaceAll("_", " "))} ${used}`;
}

const factorsOf = ({factor_sets, is_provisional}: ReportingYear) =>
  `${factor_sets} factors${is_provisional ? ", some of them last year's or second-hand copies" : ""}`;

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
