-- Each fuel drawing and credit as last reported, from cards and from the council's own tanks, with the vehicle that drew it: by its registration, else by
-- its fleet number, else none. What is delivered to a tank is not drawn.
-- grain: provider, transaction_id
with
newest as (
  select provider, transaction_id, max(precedence) as precedence
  from staging.fuel_transactions
  group by provider, transaction_id
),

drawn as (
  select
    n.provider, n.transaction_id, n.drawn_at, n.registration_pseudonym, n.fleet_number, n.product_code, n.product, n.activity, n.quantity, n.cost_gbp,
    n.is_credit, n.file_name, 'fuel cards' as drawn_from
  from staging.fuel_transactions n
  semi join newest w on w.provider = n.provider and w.transaction_id = n.transaction_id and w.precedence = n.precedence
  union all
  select
    t.provider, concat_ws(' ', t.tank, t.moved_at_utc, t.product, t.registration_pseudonym), t.moved_at, t.registration_pseudonym, null, t.product, p.product,
    p.activity, t.litres, null, t.litres < 0, t.file_name, 'fuel tanks'
  from intermediate.tank_movements t
  left join council.fuel_products p on p.provider = t.provider and p.product_code = t.product
  where t.movement = 'dispense'
)

select
  d.provider, d.transaction_id, d.drawn_at, d.product_code, d.product, d.activity, d.quantity, d.cost_gbp, d.is_credit, d.file_name, d.drawn_from,
  date_trunc('month', d.drawn_at)::date as month,
  reporting_year_of(month) as reporting_year,
  v.vehicle_id,
  coalesce(v.service, 'unallocated') as service,
  coalesce(v.kind, 'unallocated') as vehicle_kind
from drawn d
left join council.vehicle_names r
  on r.pseudonym = d.registration_pseudonym
  and holds_on(d.drawn_at::date, r.valid_from, r.valid_to)
left join council.vehicles f
  on f.fleet_digits = d.fleet_number
  and holds_on(d.drawn_at::date, f.valid_from, f.valid_to)
left join council.vehicles v on v.vehicle_id = coalesce(r.vehicle_id, f.vehicle_id)
where d.drawn_at::date <= getvariable('as_of')
