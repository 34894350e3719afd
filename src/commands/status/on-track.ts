import {z} from "zod";
import {trajectories} from "../../models/marts/trajectories.ts";
import {readFromMarts} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {kilotonnesText, tonnesText} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {lessOrMore} from "../../wording/shares.ts";
import {notTheMeasure, unconfirmedText} from "../../wording/targets.ts";
import {reportingYearText} from "../../wording/years.ts";

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

/** Each target in words: above or below the straight path, the budget so far, and what of the target nobody has confirmed. */
export function onTrackLines({points, waiting}: Standpoints): string[] {
  return folded([
    ...points.flatMap((point, index) => linesOf(point, index === 0)),
    ...waiting.map((target, index) => waitingLine(target, index + points.length === 0))
  ]);
}

function waitingLine({target_name, boundary, base_year, has_path}: Waiting, isFirst: boolean): string {
  const base = boundary === "own operations" ? reportingYearText(base_year) : String(base_year);
  const why = has_path
    ? `no complete year after ${base} yet`
    : `no path can be drawn yet, because its base year, ${base}, is not complete`;
  return (isFirst ? label.bind(null, "Targets") : more)(`${target_name}: ${why}`);
}

function linesOf(point: Standpoint, isFirst: boolean): string[] {
  const isOwn = point.boundary === "own operations";
  const amount = isOwn ? tonnesText : kilotonnesText;
  const when = isOwn ? reportingYearText(point.year) : String(point.year);
  const side = point.gap_t > 0 ? "above" : "below";
  const words = `${point.target_name}: ${amount(Math.abs(point.gap_t))} ${side} the straight-line path in ${when} (${amount(point.actual_t)}; the path allows ${amount(point.required_t)})`;
  const doubts = [
    ...(point.unconfirmed === null ? [] : [unconfirmedText(point.unconfirmed)]),
    ...(point.why_not_measure_of_target === null ? [] : [`official figures (${point.series}): ${notTheMeasure}`])
  ];
  return [
    isFirst ? label("Targets", words) : more(words),
    ...[...incomplete(point), ...soFar(point, isOwn), ...doubts].map(more)
  ];
}

/** Of a year that is not whole it is only said that it is above the path already, and only where enough is held. */
function incomplete({incomplete_year, at_least_t, incomplete_required_t, is_surely_above}: Standpoint): string[] {
  if (incomplete_year === null || at_least_t === null || incomplete_required_t === null) return [];
  const year = reportingYearText(incomplete_year);
  if (is_surely_above !== true) return [`${year} is not complete: it cannot be set against the path yet`];
  return [
    `${year} is not complete, but what is here (${tonnesText(at_least_t)}) is already above the path (${tonnesText(incomplete_required_t)})`
  ];
}

function soFar({emitted_so_far_t, allowed_so_far_t, base_year}: Standpoint, isOwn: boolean): string[] {
  if (emitted_so_far_t === null || allowed_so_far_t === null) return [];
  const since = isOwn ? `since ${reportingYearText(base_year)} we have` : `since ${base_year} the area has`;
  const change = lessOrMore(allowed_so_far_t, emitted_so_far_t, 1);
  return change === undefined ? [] : [`${since} emitted ${change} than the path allows`];
}
