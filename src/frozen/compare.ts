import {dirname, join} from "node:path";
import {readFromMarts} from "../models/read-mart.ts";
import {type Connection, openDatabase, quoteText} from "../warehouse/connection.ts";
import {warehousePaths} from "../warehouse/warehouse.ts";
import type {MovedMakings, MovedNumber} from "../wording/changes.ts";
import type {Edition} from "./editions.ts";
import {thawMart} from "./frozen-marts.ts";
import type {Makings} from "./makings.ts";
import {movedNumberSchema} from "./manifest.ts";

/** What is not the same in two editions, or in what is published now and an edition. */
export interface Compared {
  readonly numbers: readonly MovedNumber[];
  readonly makings: MovedMakings;
}

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
  const numbers = await movedNumbers(ofEdition(before), ofEdition(after));
  return {numbers, makings: makingsOf(before.manifest, after.manifest)};
}

/** Which numbers of the published marts are not as an edition has them, and what is not the same in what they are made from. */
export async function compareWithPublished(before: Edition, dataFolder: string, makings: Makings): Promise<Compared> {
  const numbers = await movedNumbers(ofEdition(before), ofPublished(dataFolder));
  return {numbers, makings: makingsOf(before.manifest, makings)};
}

/** Marts that are compared: the folder they are in, and how they come to stand in a schema. */
interface Side {
  readonly folder: string;
  readonly stand: (connection: Connection, schema: string) => Promise<void>;
}

const compared = ["reporting_years", "emissions_by_source"];

const ofEdition = ({folder, manifest}: Edition): Side => ({
  folder: join(folder, "marts"),
  stand: async (connection, schema) => {
    for (const name of compared) {
      const mart = manifest.marts.find(each => each.name === `marts.${name}`);
      if (mart !== undefined) await thawMart(connection, join(folder, "marts"), mart, `${schema}.${name}`);
    }
  }
});

const ofPublished = (dataFolder: string): Side => {
  const {published} = warehousePaths(dataFolder);
  return {
    folder: dirname(published),
    stand: async (connection, schema) => {
      await connection.run(`attach ${quoteText(published)} as published (read_only)`);
      for (const name of compared)
        await connection.run(`create view ${schema}.${name} as from published.marts.${name}`);
    }
  };
};

async function movedNumbers(before: Side, after: Side): Promise<MovedNumber[]> {
  const database = await openDatabase(":memory:", {folders: [before.folder, after.folder]});
  const connection = await database.connect();
  try {
    for (const [schema, side] of Object.entries({before, after})) {
      await connection.run(`create schema ${schema}`);
      await side.stand(connection, schema);
    }
    return await readFromMarts(connection, movedNumberSchema, moved);
  } finally {
    connection.close();
    database.close();
  }
}

function makingsOf(before: Makings, after: Makings): MovedMakings {
  const inputs = (of: Makings) => new Set(of.inputs.map(({sha256, feed}) => `${feed} ${sha256}`));
  const [old, now] = [inputs(before), inputs(after)];
  const feeds = [...new Set([...before.inputs, ...after.inputs].map(({feed}) => feed))].sort();
  const of = (feed: string, some: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...some].filter(each => each.startsWith(`${feed} `) && !other.has(each)).length;
  return {
    inputs: feeds
      .map(feed => ({feed, added: of(feed, now, old), gone: of(feed, old, now)}))
      .filter(({added, gone}) => added + gone > 0),
    settings: otherOf(before.settings, after.settings, ({file}) => file),
    factor_sets: after.factor_sets.filter(set => !before.factor_sets.includes(set)),
    models: otherOf(before.models, after.models, ({name}) => name),
    is_other_canopy: before.canopy.sources !== after.canopy.sources
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
