import type {Connection, SqlValues} from "../warehouse/connection.ts";
import type {RowCounts} from "./ledger.ts";

/** Counts of rows that are judged and of lines set aside, with how many good rows there are and how many meters, days and half-hours they speak of: fewer where some stand twice. */
export async function countRows(
  connection: Connection,
  {judged, aside}: {readonly judged: string; readonly aside: string},
  values: SqlValues = []
): Promise<RowCounts & {rows_good: number; rows_keyed: number}> {
  return connection.row(
    `with
    unread as (select count(distinct line)::double as lines from ${aside} where rule = 'row shape'),
    rows as (
      select
        count(*)::double as judged,
        (count(*) filter (is_dropped))::double as dropped,
        (count(*) filter (broken_rule is not null))::double as broken,
        (count(*) filter (not is_dropped and broken_rule is null and is_empty))::double as empty,
        (count(*) filter (is_mended and broken_rule is null))::double as mended,
        (count(*) filter (is_good))::double as rows_good,
        (count(distinct hash(meter_key, channel, unit, source_date, half_hour)) filter (is_good))::double as rows_keyed,
        coalesce(sum(len(broken_cells)) filter (broken_rule is null and not is_dropped), 0)::double as cells
      from ${judged}
    ),
    repeats as (
      select
        (count(*) filter (outcome = 'rejected' and rule <> 'row shape'))::double as rejected,
        (count(*) filter (rule = 'duplicate'))::double as duplicate
      from ${aside}
    )
    select
      judged + lines as rows_read,
      broken + lines + repeats.rejected as rows_rejected,
      dropped as rows_dropped,
      empty as rows_empty,
      duplicate as rows_duplicate,
      mended as rows_mended,
      cells as cells_rejected,
      rows_read - rows_rejected - rows_dropped - rows_empty - rows_duplicate as rows_landed,
      rows_good,
      rows_keyed
    from unread, rows, repeats`,
    values
  );
}
