-- Each fuel drawing and credit as last reported, from cards and from the council's own tanks, with the vehicle that drew it: by its registration, else by
-- its fleet number, else none. What two providers tell counts once. What is delivered to a tank is not drawn.
-- grain: provider, transaction_id
with
drawn as (
  select
    provider, transaction_id, drawn_at, registration_pseudonym, fleet_number, product_code, product, activity, quantity, cost_gbp, is_credit, file_name,
    'fuel cards' as drawn_from
  from intermediate.fuel_told
  anti join intermediate.fuel_told_twice using (provider, transaction_id)
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
