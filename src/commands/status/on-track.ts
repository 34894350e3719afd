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
    allowed_so_far_t: z.number().nullable()
  });

/** The last year of one target that has a figure, against the straight path and its budget so far. */
export type Standpoint = Readonly<z.infer<typeof standpointSchema>>;

/** Reads where each target stands. A target whose pathway cannot be drawn yet is not in it. */
export async function readStandpoints(connection: Connection): Promise<Standpoint[]> {
  return readFromMarts(
    connection,
    standpointSchema,
    `select t.target_id, t.target_name, t.boundary, t.gases, t.series, t.year, t.base_year, t.residual_share, t.unconfirmed, t.why_not_measure_of_target,
       t.actual_t, t.required_t, t.gap_t, b.emitted_so_far_t, b.allowed_so_far_t
     from marts.trajectories t
     left join marts.carbon_budgets b using (target_id, pathway, year)
     where t.pathway = 'linear' and t.actual_t is not null and t.required_t is not null and t.year > t.base_year
     qualify t.year = max(t.year) over (partition by t.target_id)
     order by t.boundary desc, t.target_id`
  );
}

/** Each target in words: above or below the straight path, the budget so far, and what of the target nobody has confirmed. */
export function onTrackLines(standpoints: readonly Standpoint[]): string[] {
  return folded(standpoints.flatMap((standpoint, index) => linesOf(standpoint, index === 0)));
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
  return [isFirst ? label("Targets", words) : more(words), ...[...soFar(point, isOwn), ...doubts].map(more)];
}

function soFar({emitted_so_far_t, allowed_so_far_t, base_year}: Standpoint, isOwn: boolean): string[] {
  if (emitted_so_far_t === null || allowed_so_far_t === null) return [];
  const since = isOwn ? `since ${reportingYearText(base_year)} we have` : `since ${base_year} the area has`;
  return [`${since} emitted ${lessOrMore(allowed_so_far_t, emitted_so_far_t, 1)} than the path allows`];
}
