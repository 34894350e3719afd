import {z} from "zod";
import {type ReportingYear, reportingYears} from "../../models/marts/reporting_years.ts";
import {type Saving, savings} from "../../models/marts/savings.ts";
import {readFromMarts, readMart} from "../../models/read-mart.ts";
import {type Headline, readHeadline} from "../../publish/headline.ts";
import {readStandpoints, type Standpoints} from "../../publish/standpoints.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {ofOneBuild, type Told} from "../../warehouse/published.ts";

const sourceTonnes = z.object({
  reporting_year: z.int(),
  emission_source: z.string(),
  /** Scopes 1 and 2. */
  emissions_t_co2e: z.number(),
  /** All sources of the year. */
  year_t_co2e: z.number()
});

/** One source of one year, the largest first; what is left after the first few is `other`. */
export type SourceTonnes = Readonly<z.infer<typeof sourceTonnes>>;

const sourceMove = z.object({
  reporting_year: z.int(),
  emission_source: z.string(),
  emissions_t_co2e: z.number().nullable(),
  before_t_co2e: z.number().nullable(),
  /** How much more or less, without a sign. */
  moved_t_co2e: z.number(),
  direction: z.enum(["less", "more"]),
  /** What is missing of it in both years. */
  missing_t_co2e: z.number()
});

/** How one source has changed between two whole years that follow each other, the largest change first. */
export type SourceMove = Readonly<z.infer<typeof sourceMove>>;

const yearMove = z.object({
  reporting_year: z.int(),
  against_year: z.int(),
  direction: z.enum(["less", "more"]).nullable(),
  direction_at_same_factors: z.enum(["less", "more"]).nullable(),
  moved_t_co2e: z.number().nullable(),
  moved_at_same_factors_t_co2e: z.number().nullable()
});

/** By how much a whole year differs from another whole one, as reported and without the change of factors, without signs. */
export type YearMove = Readonly<z.infer<typeof yearMove>>;

const targetPart = z.object({
  target_id: z.string(),
  target_name: z.string(),
  series: z.string(),
  is_confirmed: z.boolean()
});

/** What a deck tells, each part of one build or withheld. */
export interface Facts {
  readonly headline: Told<Headline>;
  readonly standpoints: Told<Standpoints>;
  readonly years: Told<readonly ReportingYear[]>;
  /** The base year, or where that is not whole the first year that is, or where none is the first that is over. */
  readonly start: Told<ReportingYear | null>;
  readonly startSources: Told<readonly SourceTonnes[]>;
  /** Of the last whole year, or where there is none the newest that is over. */
  readonly lastSources: Told<readonly SourceTonnes[]>;
  readonly moves: Told<readonly SourceMove[]>;
  readonly yearMoves: Told<readonly YearMove[]>;
  readonly savings: Told<readonly Saving[]>;
  /** The first target of own operations. */
  readonly target: Told<Readonly<z.infer<typeof targetPart>> | null>;
}

/** Reads all of it. */
export async function readFacts(connection: Connection, onsCode: string | null): Promise<Facts> {
  const told = <T>(read: (each: Connection) => Promise<T>) => ofOneBuild(connection, read);
  const one = async <T>(rows: Promise<readonly T[]>) => (await rows)[0] ?? null;
  return {
    headline: await told(each => readHeadline(each, onsCode)),
    standpoints: await told(readStandpoints),
    years: await told(each => readMart(each, reportingYears, "order by reporting_year")),
    start: await told(each => one(readMart(each, reportingYears, `where ${startYear}`))),
    startSources: await told(each => readSources(each, startYear)),
    lastSources: await told(each => readSources(each, lastYear)),
    moves: await told(readMoves),
    yearMoves: await told(each => readFromMarts(each, yearMove, yearMoves)),
    savings: await told(each => readMart(each, savings, savingsInOrder)),
    target: await told(each =>
      one(
        readFromMarts(
          each,
          targetPart,
          "select target_id, target_name, series, is_confirmed from marts.trajectories where boundary = 'own operations' order by target_id limit 1"
        )
      )
    )
  };
}

const over = "from marts.reporting_years where scope_1_and_2_t_co2e is not null and has_ended";

const startYear = `reporting_year = (
  select reporting_year ${over}
  order by (is_whole_year and reporting_year = base_year) desc nulls last, is_whole_year desc, reporting_year limit 1)`;

const lastYear = `reporting_year = (select reporting_year ${over} order by is_whole_year desc, reporting_year desc limit 1)`;

/** The largest four sources by name, the others together. */
function readSources(connection: Connection, year: string): Promise<SourceTonnes[]> {
  return readFromMarts(
    connection,
    sourceTonnes,
    `with sources as (
       select reporting_year, emission_source, sum(emissions_t_co2e::decimal(18, 6)) as t
       from marts.emissions_by_source where scope in ('1', '2') and ${year}
       group by all having sum(emissions_t_co2e) <> 0
     ),
     named as (
       select reporting_year, t, case when row_number() over (order by t desc, emission_source) <= 4 then emission_source else 'other' end as emission_source
       from sources
     )
     select reporting_year, emission_source, sum(t)::double as emissions_t_co2e, (sum(sum(t)) over ())::double as year_t_co2e
     from named group by reporting_year, emission_source
     order by (emission_source = 'other'), emissions_t_co2e desc, emission_source`
  );
}

/** Sources whose change is larger than what is missing of them in both years. */
function readMoves(connection: Connection): Promise<SourceMove[]> {
  return readFromMarts(
    connection,
    sourceMove,
    `with last as (select max(reporting_year) as y from marts.reporting_years where is_whole_year and scope_1_and_2_t_co2e is not null),
     years as (
       select l.y, e.emission_source,
         sum(emissions_t_co2e::decimal(18, 6)) filter (reporting_year = l.y) as t,
         sum(emissions_t_co2e::decimal(18, 6)) filter (reporting_year = l.y - 1) as before
       from marts.emissions_by_source e cross join last l
       where scope in ('1', '2') and is_whole_year and reporting_year in (l.y, l.y - 1)
       group by all
     ),
     missing as (
       select emission_source, sum(expected_t_co2e - held_t_co2e) as t
       from marts.source_completeness cross join last l where reporting_year in (l.y, l.y - 1) group by emission_source
     )
     select y as reporting_year, emission_source, years.t::double as emissions_t_co2e, before::double as before_t_co2e,
       abs(coalesce(years.t, 0) - coalesce(before, 0))::double as moved_t_co2e,
       case when coalesce(years.t, 0) < coalesce(before, 0) then 'less' else 'more' end as direction,
       greatest(coalesce(m.t, 0), 0)::double as missing_t_co2e
     from years left join missing m using (emission_source)
     where exists (from marts.reporting_years r where r.reporting_year = y - 1 and r.is_whole_year)
       and abs(coalesce(years.t, 0) - coalesce(before, 0)) > greatest(coalesce(m.t, 0), 0)
     order by moved_t_co2e desc, emission_source`
  );
}

const yearMoves = `
  select reporting_year, against_year, direction, direction_at_same_factors, abs(t_co2e - before_t_co2e) as moved_t_co2e,
    abs(t_co2e - before_at_same_factors_t_co2e) as moved_at_same_factors_t_co2e
  from marts.comparisons
  where is_all and against = 'year before'
    and reporting_year = (select max(reporting_year) from marts.reporting_years where is_whole_year and scope_1_and_2_t_co2e is not null)`;

const savingsInOrder =
  "order by outcome = 'saves' desc, coalesce(year_t_co2e, avoided_t_co2e) desc nulls last, measure_id, energy";
