import {z} from "zod";
import {trajectories} from "../models/marts/trajectories.ts";
import {readFromMarts} from "../models/read-mart.ts";
import type {Connection} from "../warehouse/connection.ts";

const standpointSchema = trajectories.row
  .pick({
    target_id: true,
    target_name: true,
    boundary: true,
    gases: true,
    series: true,
    year: true,
    base_year: true,
    residual_share: true,
    unconfirmed: true,
    why_not_measure_of_target: true
  })
  .extend({
    actual_t: z.number(),
    required_t: z.number(),
    gap_t: z.number(),
    emitted_so_far_t: z.number().nullable(),
    allowed_so_far_t: z.number().nullable(),
    /** The newest year that is over and not whole, where it is newer: what is held of it and what the path requires. */
    incomplete_year: z.int().nullable(),
    at_least_t: z.number().nullable(),
    incomplete_required_t: z.number().nullable(),
    is_surely_above: z.boolean().nullable()
  });

const waitingSchema = trajectories.row
  .pick({target_id: true, target_name: true, boundary: true, base_year: true})
  .extend({has_path: z.boolean()});

/** A target of which nothing can be said yet: its path cannot be drawn, or no year after its base year is whole. */
export type Waiting = Readonly<z.infer<typeof waitingSchema>>;

/** Where the targets stand, and those that wait. */
export interface Standpoints {
  readonly points: readonly Standpoint[];
  readonly waiting: readonly Waiting[];
}

/** The last year of one target that has a figure, against the straight path and its budget so far. */
export type Standpoint = Readonly<z.infer<typeof standpointSchema>>;

/** Reads where each target stands. */
export async function readStandpoints(connection: Connection): Promise<Standpoints> {
  const points = await readPoints(connection);
  const known = points.map(({target_id}) => target_id);
  const all = await readFromMarts(
    connection,
    waitingSchema,
    `select target_id, target_name, boundary, base_year, count(required_t) > 0 as has_path from marts.trajectories
     group by target_id, target_name, boundary, base_year order by boundary desc, target_id`
  );
  return {points, waiting: all.filter(({target_id}) => !known.includes(target_id))};
}

async function readPoints(connection: Connection): Promise<Standpoint[]> {
  return readFromMarts(
    connection,
    standpointSchema,
    `with incomplete as (
       select target_id, year as incomplete_year, at_least_t, required_t as incomplete_required_t, is_surely_above
       from marts.trajectories where pathway = 'linear' and at_least_t is not null
       qualify year = max(year) over (partition by target_id)
     )
     select t.target_id, t.target_name, t.boundary, t.gases, t.series, t.year, t.base_year, t.residual_share, t.unconfirmed, t.why_not_measure_of_target,
       t.actual_t, t.required_t, t.gap_t, b.emitted_so_far_t, b.allowed_so_far_t,
       i.incomplete_year, i.at_least_t, i.incomplete_required_t, i.is_surely_above
     from marts.trajectories t
     left join marts.carbon_budgets b using (target_id, pathway, year)
     left join incomplete i on i.target_id = t.target_id and i.incomplete_year > t.year
     where t.pathway = 'linear' and t.actual_t is not null and t.required_t is not null and t.year > t.base_year
     qualify t.year = max(t.year) over (partition by t.target_id)
     order by t.boundary desc, t.target_id`
  );
}
