-- What is billed of each meter point and period, as it stands now. A withdrawn bill takes the bill it copies out. Where a period has credits, its bills
-- and credits are added up; where it has none, the bill issued last stands, since two would be the same one twice.
-- grain: meter_point_id, first_date, last_date
with
newest as (
  select
    b.provider, b.bill_id, n.meter_point_id, b.kind, b.first_date, b.last_date,
    arg_max({'kwh': b.quantity, 'is_estimated': b.is_estimated, 'issued_on': b.issued_on, 'precedence': s.precedence}, s.precedence) as word
  from raw.bills b
  join staging.standing_loads s using (load_id)
  join council.meter_names n using (meter_key)
  where b.unit = 'kWh'
  group by b.provider, b.bill_id, n.meter_point_id, b.kind, b.first_date, b.last_date
),

withdrawn as (
  select provider, bill_id, meter_point_id, first_date, last_date, abs(word.kwh) as kwh
  from newest
  where kind = 'withdrawn'
),

standing as (
  select n.*
  from newest n
  anti join withdrawn w
    on w.provider = n.provider and w.meter_point_id = n.meter_point_id and w.first_date = n.first_date and w.last_date = n.last_date
    and w.kwh = abs(n.word.kwh)
  where n.kind <> 'withdrawn'
)

select
  meter_point_id, first_date, last_date,
  case
    when bool_or(kind = 'credit') then sum(word.kwh)
    else arg_max(word.kwh, {'issued_on': word.issued_on, 'precedence': word.precedence, 'bill_id': bill_id})
  end::double as kwh,
  case
    when bool_or(kind = 'credit') then bool_or(word.is_estimated)
    else arg_max(word.is_estimated, {'issued_on': word.issued_on, 'precedence': word.precedence, 'bill_id': bill_id})
  end as is_estimated,
  max(word.issued_on) as issued_on,
  max(word.precedence) as precedence
from standing
group by meter_point_id, first_date, last_date
