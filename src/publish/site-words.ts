import {z} from "zod";
import {annualEmissions} from "../models/marts/annual_emissions.ts";
import {boroughEmissions} from "../models/marts/borough_emissions.ts";
import {type Comparison, comparisons} from "../models/marts/comparisons.ts";
import {type MissingBySource, missingBySource} from "../models/marts/missing_by_source.ts";
import {reportingYears} from "../models/marts/reporting_years.ts";
import {readFromMarts, readMart} from "../models/read-mart.ts";
import type {Connection} from "../warehouse/connection.ts";
import {ofOneBuild, type Told} from "../warehouse/published.ts";
import {comparedText, missingList, unregisteredText, yearTonnesText} from "../wording/completeness.ts";
import {notYetPublished} from "../wording/factors.ts";
import {listText} from "../wording/lists.ts";
import {amount} from "../wording/numbers.ts";
import {lessOrMore} from "../wording/shares.ts";
import {officialFigures} from "../wording/targets.ts";
import {sentenceCase} from "../wording/titles.ts";
import {reportingYearText} from "../wording/years.ts";
import {datedWords, type Notice, noticesOf} from "./notices.ts";

/** One number to see first: of whom, how much, and what to know with it. */
export interface Statement {
  readonly about: string;
  readonly amount: string;
  readonly unit: string;
  readonly words: string;
  /** What it must not be taken for. */
  readonly badge: string | null;
}

/** What the head of the page says: of the last whole reporting year, and of the newest year of the borough. */
export interface Head {
  readonly council: Statement | null;
  readonly borough: Statement | null;
  /** The borough's name in the national statistics. */
  readonly boroughName: string | null;
  /** What of it is not of the last build. */
  readonly notices: readonly Notice[];
}

const boroughSchema = z.object({
  ...boroughEmissions.row.pick({
    area_name: true,
    year: true,
    emissions_kt_co2: true,
    emissions_kt_co2e: true,
    statistic_name: true,
    is_measure_of_target: true
  }).shape,
  base_year: z.int().nullable(),
  base_kt: z.number().nullable()
});
type BoroughYear = z.infer<typeof boroughSchema>;

/** The newest year of the statistic that the borough's trajectory shows, or where it has none of the one that reaches furthest, and its base year beside. */
const boroughYear = `
  with
  target as (
    select any_value(base_year) as base_year, any_value(series) as series
    from marts.trajectories where boundary = 'area-wide'
  ),
  years as (
    select *, coalesce(emissions_kt_co2, emissions_kt_co2e) as kt
    from marts.borough_emissions
    where area_code = $1 and is_all_sectors and is_newest_release
  )
  select y.*, t.base_year, b.kt as base_kt
  from years y
  cross join target t
  left join years b on b.statistic = y.statistic and b.release = y.release and b.year = t.base_year
  order by coalesce(starts_with(t.series, y.statistic_name), false) desc, y.year desc, y.statistic
  limit 1`;

/** Reads what the head of the page says; `onsCode` names the council's borough. Each statement is of one build, or withheld. */
export async function readHead(connection: Connection, onsCode: string | null): Promise<Head> {
  const year = await ofOneBuild(connection, readYear);
  const borough = await ofOneBuild(connection, each => readBoroughYear(each, onsCode));
  return {
    council: dated(year, councilStatement),
    borough: dated(borough, boroughStatement),
    boroughName: borough.value?.area_name ?? null,
    notices: [...noticesOf("the council’s own emissions", year), ...noticesOf("the borough’s emissions", borough)]
  };
}

const countedSchema = reportingYears.row.extend({scope_1_and_2_t_co2e: z.number()});
const awaitedSchema = annualEmissions.row.pick({reporting_year: true}).extend({factor_set: z.int()});
type AwaitedSet = z.infer<typeof awaitedSchema>;

type CountedYear = z.infer<typeof countedSchema>;

/** The last whole year whose factors are published, or where there is none the newest that is over; and what is said with it. */
interface CouncilYear {
  readonly year: CountedYear;
  /** Against the base year, or the first that is whole; of whole years alone. */
  readonly compared: Comparison | null;
  /** The newest year that is over and not whole, where it is newer, or is the year itself. */
  readonly incomplete: CountedYear | null;
  readonly missing: readonly MissingBySource[];
  readonly awaited: readonly AwaitedSet[];
}

async function readYear(connection: Connection): Promise<CouncilYear | null> {
  const counted = "select * from marts.reporting_years where scope_1_and_2_t_co2e is not null and";
  const newest = "order by reporting_year desc limit 1";
  const [whole] = await readFromMarts(connection, countedSchema, `${counted} is_whole_year ${newest}`);
  const [ended] = await readFromMarts(connection, countedSchema, `${counted} has_ended ${newest}`);
  const year = whole ?? ended;
  if (year === undefined) return null;
  const [compared] = await readMart(
    connection,
    comparisons,
    "where reporting_year = $1 and is_all and against in ('base year', 'first whole year') order by against limit 1",
    [year.reporting_year]
  );
  const incomplete = ended?.is_whole_year === false ? ended : null;
  const missing = await readMart(
    connection,
    missingBySource,
    "where reporting_year = $1 order by missing_t_co2e desc nulls first, emission_source, activity, kind, first_month, last_month",
    [incomplete?.reporting_year ?? 0]
  );
  const awaited = await readFromMarts(
    connection,
    awaitedSchema,
    "select distinct reporting_year, factor_set from marts.annual_emissions where scope is null order by all"
  );
  return {year, compared: compared ?? null, incomplete, missing, awaited};
}

async function readBoroughYear(connection: Connection, onsCode: string | null): Promise<BoroughYear | null> {
  if (onsCode === null) return null;
  const [year] = await readFromMarts(connection, boroughSchema, boroughYear, [onsCode]);
  return year ?? null;
}

function dated<Year>(told: Told<Year | null>, statementOf: (year: Year) => Statement): Statement | null {
  if (told.value === null) return null;
  const [statement, words] = [statementOf(told.value), datedWords(told)];
  return words === null ? statement : {...statement, words: `${statement.words} ${sentenceCase(words)}.`};
}

function councilStatement({year, compared, incomplete, missing, awaited}: CouncilYear): Statement {
  const {reporting_year, scope_1_and_2_t_co2e, is_whole_year} = year;
  const change = compared === null ? undefined : comparedText(compared);
  const provisional = year.is_provisional ? " Some of its factors are provisional." : "";
  return {
    about: "The council’s own operations",
    amount: `${is_whole_year ? "" : "at least "}${amount(scope_1_and_2_t_co2e)}`,
    unit: "t CO₂e",
    words: `emitted in ${reportingYearText(reporting_year)}, scopes 1 and 2${change === undefined ? "" : `, ${change}`}.${provisional}${unregisteredSentence(year)}${incompleteSentence(year, incomplete, missing)}${awaitedSentence(awaited)}`,
    badge: is_whole_year ? null : "Not complete"
  };
}

/** ` Not in this: 2 meters that …`, of the year that is shown. */
function unregisteredSentence(year: CountedYear): string {
  const words = unregisteredText(year);
  return words === undefined ? "" : ` ${sentenceCase(words)}.`;
}

/** ` 2025/26 is not complete (at least 11.6 t): missing are …`, of the newest year that is over. */
function incompleteSentence(
  shown: CountedYear,
  incomplete: CountedYear | null,
  missing: readonly MissingBySource[]
): string {
  if (incomplete === null) return "";
  const {reporting_year, scope_1_and_2_t_co2e} = incomplete;
  const isShown = reporting_year === shown.reporting_year;
  const number = isShown ? "" : ` (${yearTonnesText(scope_1_and_2_t_co2e, false)})`;
  const list = missing.length === 0 ? "" : `: missing is ${missingList(missing)}`;
  return ` ${isShown ? "It" : reportingYearText(reporting_year)} is not complete${number}${list}.`;
}

/** ` Factors for 2027 not yet published: no total for 2027/28 yet.` */
function awaitedSentence(awaited: readonly AwaitedSet[]): string {
  if (awaited.length === 0) return "";
  const years = [...new Set(awaited.map(({reporting_year}) => reportingYearText(reporting_year)))];
  const why = sentenceCase(notYetPublished(awaited.map(({factor_set}) => factor_set)));
  return ` ${why}: no total for ${listText(years)} yet.`;
}

function boroughStatement(borough: BoroughYear): Statement {
  const {area_name, year, base_year, base_kt, emissions_kt_co2, emissions_kt_co2e, statistic_name} = borough;
  const [kt, unit] = emissions_kt_co2 === null ? [emissions_kt_co2e ?? 0, "kt CO₂e"] : [emissions_kt_co2, "kt CO₂"];
  const less = base_kt === null ? undefined : lessOrMore(base_kt, kt);
  const change = base_year === null || base_year === year || less === undefined ? "" : `, ${less} than in ${base_year}`;
  return {
    about: `${area_name}, the whole borough`,
    amount: amount(kt),
    unit,
    words: `emitted in ${year}, ${statistic_name}${change}.`,
    badge: borough.is_measure_of_target ? "Official figures" : officialFigures
  };
}
