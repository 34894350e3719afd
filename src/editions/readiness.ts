import {z} from "zod";
import {readFromMarts, readOneFromMarts} from "../models/read-mart.ts";
import type {Connection} from "../warehouse/connection.ts";
import {readNotRenewed} from "../warehouse/published.ts";
import {listText} from "../wording/lists.ts";
import {several} from "../wording/numbers.ts";
import {percent} from "../wording/shares.ts";
import {reportingYearText} from "../wording/years.ts";

const yearSchema = z.object({
  reporting_year: z.int(),
  held_share: z.number().nullable(),
  sources_at_zero: z.string().nullable()
});

/** Why an edition of these marts cannot be final; empty where it can. Years that are not over say so themselves and keep nothing back. */
export async function whatKeepsItADraft(connection: Connection): Promise<string[]> {
  const stale = await readNotRenewed(connection);
  if (stale.length > 0)
    return [`${listText(stale.map(({mart}) => mart))} could not be made by the last build. To see why: canopy status`];
  const years = await readFromMarts(
    connection,
    yearSchema,
    `select reporting_year, held_share, sources_at_zero from marts.reporting_years
     where has_ended and not is_whole_year and scope_1_and_2_t_co2e is not null order by reporting_year`
  );
  const {conflicts} = await readOneFromMarts(
    connection,
    z.object({conflicts: z.int()}),
    "select count(*)::integer as conflicts from marts.conflicts"
  );
  return [
    ...years.map(
      ({reporting_year, held_share, sources_at_zero}) =>
        `${reportingYearText(reporting_year)} is not complete: ${held_share === null ? "nothing says how much should be there" : `${percent(held_share, 1, 1)} of what is expected is there`}${sources_at_zero === null ? "" : `, nothing of ${sources_at_zero}`}. To see what is missing: canopy status`
    ),
    ...(conflicts === 0
      ? []
      : [
          `${several(conflicts, "conflict")} between deliveries ${conflicts === 1 ? "waits" : "wait"} for a decision: canopy status`
        ])
  ];
}
