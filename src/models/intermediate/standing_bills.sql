-- The bills and credits that stand, of each meter and period, in kWh, of water in m³: of the meter points of the register, and of other meters under the name that bills give
-- them. A bill that came in two forms is one: it has one number. A withdrawn bill and a credit of the same size each take one bill of their period that was not
-- issued after them: the one they name, else the earliest. What is left of the credits are corrections. Bills of energy in m3 wait in marts.held_meters.
-- grain: meter_name, first_date, last_date, kind, invoice
with
latest_revisions as (
  select
    coalesce(n.meter_point_id, b.meter_key) as meter_name, n.meter_point_id is not null as is_registered, n.energy, b.first_date, b.last_date,
    case when b.kind = 'withdrawn' then b.kind when b.quantity < 0 or b.kind = 'credit' then 'credit' else 'normal' end as kind,
    regexp_replace(b.bill_id, '^[^/]*/', '') as invoice,
    arg_max(
      {'quantity': b.quantity, 'is_estimated': b.is_estimated, 'issued_on': b.issued_on},
      {'issued_on': first_day(b.issued_on), 'precedence': s.precedence, 'is_estimated': b.is_estimated, 'quantity': b.quantity}
    ) as latest
  from raw.bills b
  join staging.standing_loads s using (load_id)
  left join staging.metered_names n using (meter_key)
  anti join (from staging.ruled_meters where channel = 'import' and why is not null) using (load_id, meter_key, unit)
  where b.meter_key is not null and if(n.energy = 'water', b.unit = 'm3', b.unit = 'kWh' and not is_water(b.meter_key))
  group by all
),

bill_lines as (
  select
    meter_name, is_registered, energy, first_date, last_date, kind, invoice, latest.quantity as quantity, abs(latest.quantity) as size, latest.is_estimated as is_estimated,
    latest.issued_on as issued_on
  from latest_revisions
),

named as (
  select w.meter_name, w.first_date, w.last_date, w.invoice
  from bill_lines w
  join bill_lines b using (meter_name, first_date, last_date, invoice)
  where w.kind = 'withdrawn' and b.kind = 'normal'
    and (
      coalesce(w.issued_on > b.issued_on, false)
      or ((w.size = b.size or w.size = 0) and coalesce(w.issued_on >= b.issued_on, true))
    )
),

ranked as (
  select *, row_number() over (partition by meter_name, first_date, last_date, kind, size order by issued_on nulls first, invoice) as position
  from bill_lines
),

unnamed as (
  select
    *, row_number() over (partition by meter_name, first_date, last_date, kind, size order by issued_on nulls first, invoice) as turn
  from bill_lines
  anti join named using (meter_name, first_date, last_date, invoice)
),

withdrawn as (
  select meter_name, first_date, last_date, invoice
  from named
  union
  select b.meter_name, b.first_date, b.last_date, b.invoice
  from unnamed b
  join unnamed w using (meter_name, first_date, last_date, size, turn)
  where b.kind = 'normal' and w.kind = 'withdrawn' and b.size <> 0 and coalesce(b.issued_on <= w.issued_on, true)
),

credited as (
  select b.meter_name, b.first_date, b.last_date, b.invoice, c.invoice as credit
  from ranked b
  join ranked c using (meter_name, first_date, last_date, size, position)
  where b.kind = 'normal' and c.kind = 'credit' and b.quantity > 0 and coalesce(b.issued_on <= c.issued_on, true)
)

select meter_name, is_registered, energy, first_date, last_date, kind, invoice, quantity, is_estimated, issued_on
from bill_lines
anti join withdrawn using (meter_name, first_date, last_date, invoice)
anti join (select meter_name, first_date, last_date, invoice from credited) paid using (meter_name, first_date, last_date, invoice)
where kind = 'normal'
union all
select meter_name, is_registered, energy, first_date, last_date, kind, invoice, quantity, is_estimated, issued_on
from bill_lines
anti join (select meter_name, first_date, last_date, credit as invoice from credited) used using (meter_name, first_date, last_date, invoice)
where kind = 'credit'
