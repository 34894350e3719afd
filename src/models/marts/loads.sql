-- The ledger: what became of every snapshot.
-- grain: load_id
-- check: meter_days = held_meter_days
-- check: transactions = held_transactions
-- check: outcome = 'refused' or rows_read = rows_landed + rows_duplicate + rows_empty + rows_dropped + rows_rejected
with landed_meter_days as (
  select load_id, count(*)::integer as held_meter_days
  from raw.meter_days
  group by load_id
),

drawn as (
  select load_id, count(*)::integer as held_transactions
  from (
    select load_id from raw.fuel_transactions
    union all select load_id from raw.tank_movements
    union all select load_id from raw.charging_sessions
    union all select load_id from raw.journeys
    union all select load_id from raw.vehicle_facts
    union all select load_id from raw.register_reads
    union all select load_id from raw.bills
    union all select load_id from raw.observations
    union all select load_id from raw.periods
  )
  group by load_id
),

further as (
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
  meter_days::integer as meter_days,
  coalesce(held_meter_days, 0) as held_meter_days,
  transactions::integer as transactions,
  coalesce(held_transactions, 0) as held_transactions,
  first_date::timestamp_ms as first_date,
  last_date::timestamp_ms as last_date,
  superseded_by,
  w.why as withdrawn_because,
  also_came_as,
  sha256
from ops.loads l
left join ops.withdrawn_loads w using (load_id)
left join further using (load_id)
left join landed_meter_days using (load_id)
left join drawn using (load_id)
order by load_id
