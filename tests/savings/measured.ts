import {readModels} from "../../src/models/graph.ts";
import {readThresholds, setThresholds} from "../../src/reference/thresholds.ts";
import {type Connection, openDatabase} from "../../src/warehouse/connection.ts";
import {insertRows} from "../../src/warehouse/insert-rows.ts";
import {loadMacros} from "../../src/warehouse/warehouse.ts";
import type {Course} from "./buildings.ts";

/** A measure at a building: the day of its course on which work began and the one on which it was done, and what it left of the use of each day after. */
export interface Case {
  readonly id: string;
  readonly source: string;
  readonly course: Course;
  readonly startedAt: number;
  readonly doneAt: number;
  readonly left: number;
}

/** What canopy says of one, beside what is true. */
export interface Measured {
  readonly id: string;
  readonly source: string;
  readonly energy: string;
  readonly cut: number;
  readonly days: number;
  readonly avoided_kwh: number;
  readonly half_kwh: number;
  readonly true_kwh: number;
  readonly expected_kwh: number;
  /** Days from the day it was done to the alarm. */
  readonly less_after: number | null;
  readonly more_after: number | null;
}

const models = [
  "measure_periods",
  "measure_days",
  "measure_series",
  "measure_fit_days",
  "measure_fits",
  "measure_tries",
  "measure_trials",
  "measure_expected",
  "measure_weeks",
  "measure_sums",
  "measure_steadiness",
  "measure_savings",
  "measure_cusum"
];

/** The last day of every course; a Sunday. */
const asOf = "2026-11-01";

/** Puts the cases into one database, each as a site, and asks the models of savings about all of them at once. */
export async function measure(cases: readonly Case[]): Promise<Measured[]> {
  const database = await openDatabase(":memory:", {folders: []});
  const connection = await database.connect();
  try {
    await bring(connection, cases);
    const read = await readModels();
    for (const name of models) {
      const model = read.find(each => each.layer === "intermediate" && each.name === name);
      await connection.run(`create table intermediate.${name} as ${model?.sql}`);
    }
    return await connection.rows<Measured>(`
      select
        c.id, c.source, s.energy, 1 - c.remaining as cut, s.days, s.avoided_kwh, s.half_kwh, s.expected_kwh,
        s.actual_kwh * (1 / c.remaining - 1) as true_kwh,
        (a.less_at - m.completed_on)::integer as less_after, (a.more_at - m.completed_on)::integer as more_after
      from cases c
      join council.measures m on m.measure_id = c.id
      join intermediate.measure_savings s on s.measure_id = c.id and s.span = 'since'
      left join (
        select measure_id, min(settlement_date) filter (alarm = 'less') as less_at, min(settlement_date) filter (alarm = 'more') as more_at
        from intermediate.measure_cusum
        group by measure_id
      ) a on a.measure_id = c.id
      order by c.id`);
  } finally {
    connection.close();
    database.close();
  }
}

async function bring(connection: Connection, cases: readonly Case[]): Promise<void> {
  await loadMacros(connection);
  await setThresholds(connection, await readThresholds(), asOf);
  await connection.run(`set variable as_of = date '${asOf}'`);
  await connection.run("create schema intermediate");
  await connection.run("create schema council");
  await connection.run(
    "create table council.events (happened_on date, site_id varchar, what varchar, changes_use boolean)"
  );
  await connection.run(
    "create table cases (id varchar, source varchar, energy varchar, days integer, started_at integer, done_at integer, remaining double, kw double[], celsius double[], openings varchar[])"
  );
  await insertRows(
    connection,
    "cases",
    {
      id: "VARCHAR",
      source: "VARCHAR",
      energy: "VARCHAR",
      days: "INTEGER",
      started_at: "INTEGER",
      done_at: "INTEGER",
      remaining: "DOUBLE",
      kw: "DOUBLE[]",
      celsius: "DOUBLE[]",
      openings: "VARCHAR[]"
    },
    cases.map(({id, source, course, startedAt, doneAt, left}) => ({
      id,
      source,
      energy: course.energy,
      days: course.kw.length,
      started_at: startedAt,
      done_at: doneAt,
      remaining: left,
      kw: course.kw,
      celsius: course.celsius,
      openings: course.openings
    }))
  );
  // Day 0 of a course is a Monday: the last is the as-of date, or less than a week before it.
  await connection.run(`
    create table days as
    select *, date '${asOf}' - ((days + 6) // 7 * 7 - 1)::integer as first_day
    from cases`);
  await connection.run(`
    create table council.measures as
    select
      id as measure_id, id as site_id, energy, 'a cut' as what, first_day + started_at as started_on, first_day + done_at as completed_on,
      null::decimal(18, 4) as cost_gbp, null::decimal(18, 4) as expected_kwh_a_year
    from days`);
  await connection.run(`
    create table intermediate.measure_reads as
    select
      id as site_id, energy, first_day + day::integer as settlement_date, 'use' as quantity,
      round(kw[day + 1] * if(day > done_at, remaining, 1), 4)::decimal(18, 4) as kw,
      24::decimal(4, 1) as hours, false as is_estimated, openings[day + 1] as opening, round(celsius[day + 1], 4)::decimal(9, 4) as celsius
    from (select *, unnest(range(0, days)) as day from days)
    where kw[day + 1] is not null`);
}
