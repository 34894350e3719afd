import {z} from "zod";
import {trajectories} from "../../models/marts/trajectories.ts";
import {readFromMarts} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {countText, folded, label, more, tonnesText, yearText} from "../../wording/counts.ts";

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
  const amount = (t: number) => (isOwn ? tonnesText(t) : `${countText(Math.round(t / 100) / 10)} kt`);
  const when = isOwn ? yearText(point.year) : String(point.year);
  const side = point.gap_t > 0 ? "above" : "below";
  const words = `${point.target_name}: ${amount(Math.abs(point.gap_t))} ${side} the straight path in ${when} (${amount(point.actual_t)} where it allows ${amount(point.required_t)})${soFar(point, isOwn)}`;
  const doubts = [
    ...(point.unconfirmed === null ? [] : [`chosen for illustration, not adopted: ${point.unconfirmed}`]),
    ...(point.why_not_measure_of_target === null ? [] : [`${point.series} is not the measure of the target`])
  ];
  return [isFirst ? label("Targets", words) : more(words), ...doubts.map(more)];
}

function soFar({emitted_so_far_t: emitted, allowed_so_far_t: allowed, base_year}: Standpoint, isOwn: boolean): string {
  if (emitted === null || allowed === null) return "";
  const percent = Math.round((1000 * emitted) / allowed) / 10;
  return `; since ${isOwn ? yearText(base_year) : base_year} ${percent}% of what it allows so far`;
}
