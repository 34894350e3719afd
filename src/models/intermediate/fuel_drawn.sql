-- Each fuel drawing and credit as it was last told, with the vehicle that drew it: by its registration, else by its fleet number, else none.
-- grain: provider, transaction_id
with newest as (
  select provider, transaction_id, max(precedence) as precedence
  from staging.fuel_transactions
  group by provider, transaction_id
)

select
  n.provider, n.transaction_id, n.drawn_at, n.product_code, n.product, n.activity, n.quantity, n.cost_gbp, n.is_credit, n.file_name,
  date_trunc('month', n.drawn_at)::date as month,
  (year(month) - (month(month) < 4)::integer)::integer as reporting_year,
  coalesce(r.vehicle_id, f.vehicle_id) as vehicle_id,
  coalesce(r.service, f.service, 'unallocated') as service,
  coalesce(r.kind, f.kind, 'unallocated') as vehicle_kind
from staging.fuel_transactions n
semi join newest w on w.provider = n.provider and w.transaction_id = n.transaction_id and w.precedence = n.precedence
left join council.vehicles r
  on r.registration_pseudonym = n.registration_pseudonym
  and n.drawn_at::date between coalesce(r.valid_from, date '1900-01-01') and coalesce(r.valid_to, date '9999-12-31')
left join council.vehicles f
  on f.fleet_digits = n.fleet_number
  and n.drawn_at::date between coalesce(f.valid_from, date '1900-01-01') and coalesce(f.valid_to, date '9999-12-31')
where n.drawn_at::date <= getvariable('as_of')
