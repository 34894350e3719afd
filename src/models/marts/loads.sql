-- The ledger: what became of every snapshot.
-- grain: load_id
-- check: meter_days = held_meter_days
-- check: transactions = held_transactions
-- check: outcome = 'refused' or rows_read = rows_landed + rows_duplicate + rows_empty + rows_dropped + rows_rejected
with further as (
  select load_id, string_agg(file_name, ', ' order by file_name) as also_came_as
  from ops.further_receipts
  group by load_id
)

select
  load_id, file_name, feed, layout, outcome, reason, difference,
  received_at::timestamp_ms as received_at,
  issued_at::timestamp_ms as issued_at,
  rows_read::integer as rows_read,
  rows_landed::integer as rows_landed,
  rows_duplicate::integer as rows_duplicate,
  rows_empty::integer as rows_empty,
  rows_dropped::integer as rows_dropped,
  rows_rejected::integer as rows_rejected,
  rows_mended::integer as rows_mended,
  cells_rejected::integer as cells_rejected,
  l.meter_days::integer as meter_days,
  coalesce(h.meter_days, 0)::integer as held_meter_days,
  l.transactions::integer as transactions,
  coalesce(h.transactions, 0)::integer as held_transactions,
  first_date::timestamp_ms as first_date,
  last_date::timestamp_ms as last_date,
  superseded_by,
  w.why as withdrawn_because,
  also_came_as,
  sha256
from ops.loads l
left join ops.withdrawn_loads w using (load_id)
left join further using (load_id)
left join ops.held_rows h using (load_id)
order by load_id
