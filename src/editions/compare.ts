import {join} from "node:path";
import {z} from "zod";
import {readFromMarts} from "../models/read-mart.ts";
import {type Connection, openDatabase} from "../warehouse/connection.ts";
import type {Edition} from "./editions.ts";
import {thawMart} from "./frozen-marts.ts";
import type {Manifest} from "./manifest.ts";

/** A number of the council's own emissions that is not the same in two editions, t CO₂e; null where an edition has none. */
export interface MovedNumber {
  readonly reporting_year: number;
  /** Null of the total of scopes 1 and 2. */
  readonly emission_source: string | null;
  readonly before_t_co2e: number | null;
  readonly after_t_co2e: number | null;
  readonly change_t_co2e: number | null;
  readonly was_whole_year: boolean | null;
  readonly is_whole_year: boolean | null;
}

/** What is not the same in what two editions are made from. */
export interface MovedMakings {
  /** Files that are counted now and were not, and the reverse, by feed. */
  readonly inputs: readonly {readonly feed: string; readonly added: number; readonly gone: number}[];
  /** Registers, settings and reference tables that are other than they were. */
  readonly settings: readonly string[];
  readonly factorSets: readonly number[];
  /** Marts that are worked out in another way. */
  readonly models: readonly string[];
  readonly isOtherCanopy: boolean;
}

export interface Compared {
  readonly numbers: readonly MovedNumber[];
  readonly makings: MovedMakings;
}

const movedSchema = z.object({
  reporting_year: z.int(),
  emission_source: z.string().nullable(),
  before_t_co2e: z.number().nullable(),
  after_t_co2e: z.number().nullable(),
  change_t_co2e: z.number().nullable(),
  was_whole_year: z.boolean().nullable(),
  is_whole_year: z.boolean().nullable()
});

const moved = `
  with
  before_numbers as (
    select reporting_year, null as emission_source, scope_1_and_2_t_co2e as t_co2e, is_whole_year from before.reporting_years
    union all
    select reporting_year, emission_source, sum(emissions_t_co2e), bool_and(is_whole_year) from before.emissions_by_source where scope in ('1', '2') group by all
  ),
  after_numbers as (
    select reporting_year, null as emission_source, scope_1_and_2_t_co2e as t_co2e, is_whole_year from after.reporting_years
    union all
    select reporting_year, emission_source, sum(emissions_t_co2e), bool_and(is_whole_year) from after.emissions_by_source where scope in ('1', '2') group by all
  )
  select
    coalesce(b.reporting_year, a.reporting_year) as reporting_year, coalesce(b.emission_source, a.emission_source) as emission_source,
    b.t_co2e as before_t_co2e, a.t_co2e as after_t_co2e, a.t_co2e - b.t_co2e as change_t_co2e,
    b.is_whole_year as was_whole_year, a.is_whole_year as is_whole_year
  from before_numbers b
  full join after_numbers a
    on a.reporting_year = b.reporting_year and a.emission_source is not distinct from b.emission_source
  where round(a.t_co2e, 3) is distinct from round(b.t_co2e, 3) or a.is_whole_year is distinct from b.is_whole_year
  order by reporting_year, emission_source nulls first`;

/** Which numbers are not the same in two editions, and what is not the same in what they are made from. */
export async function compareEditions(before: Edition, after: Edition): Promise<Compared> {
  const folders = [before, after].map(({folder}) => join(folder, "marts"));
  const database = await openDatabase(":memory:", {folders});
  const connection = await database.connect();
  try {
    await thawNumbers(connection, "before", before);
    await thawNumbers(connection, "after", after);
    return {
      numbers: await readFromMarts(connection, movedSchema, moved),
      makings: makingsOf(before.manifest, after.manifest)
    };
  } finally {
    connection.close();
    database.close();
  }
}

async function thawNumbers(connection: Connection, schema: string, {folder, manifest}: Edition): Promise<void> {
  await connection.run(`create schema ${schema}`);
  for (const name of ["reporting_years", "emissions_by_source"]) {
    const mart = manifest.marts.find(each => each.name === `marts.${name}`);
    if (mart !== undefined) await thawMart(connection, join(folder, "marts"), mart, `${schema}.${name}`);
  }
}

function makingsOf(before: Manifest, after: Manifest): MovedMakings {
  const inputs = (manifest: Manifest) => new Set(manifest.inputs.map(({sha256, feed}) => `${feed} ${sha256}`));
  const [old, now] = [inputs(before), inputs(after)];
  const feeds = [...new Set([...before.inputs, ...after.inputs].map(({feed}) => feed))].sort();
  const of = (feed: string, some: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...some].filter(each => each.startsWith(`${feed} `) && !other.has(each)).length;
  return {
    inputs: feeds
      .map(feed => ({feed, added: of(feed, now, old), gone: of(feed, old, now)}))
      .filter(({added, gone}) => added + gone > 0),
    settings: otherOf(before.settings, after.settings, ({file}) => file),
    factorSets: after.factor_sets.filter(set => !before.factor_sets.includes(set)),
    models: otherOf(before.models, after.models, ({name}) => name),
    isOtherCanopy: before.canopy.sources !== after.canopy.sources
  };
}

/** The names of what differs between two lists of hashes. */
export function otherOf<T extends {readonly sha256: string}>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (each: T) => string
): string[] {
  const [old, now] = [before, after].map(list => new Map(list.map(each => [nameOf(each), each.sha256]))) as [
    Map<string, string>,
    Map<string, string>
  ];
  return [...new Set([...old.keys(), ...now.keys()])].filter(name => old.get(name) !== now.get(name)).sort();
}
