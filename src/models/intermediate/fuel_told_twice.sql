-- Drawings that the files of two providers tell: of one vehicle, day, time where both say one, product and quantity. The one that came first counts.
-- grain: provider, transaction_id
with
alike as (
  select
    *, drawn_at::date as day, drawn_at = drawn_at::date as has_no_time,
    row_number() over (partition by provider, drawn_at::date, registration_pseudonym, quantity, activity order by drawn_at, transaction_id) as turn
  from intermediate.fuel_told
  where registration_pseudonym is not null
)

select
  b.provider, b.transaction_id, b.drawn_at, b.quantity, b.file_name,
  arg_min(a.provider, {'at': a.received_at, 'provider': a.provider, 'file': a.file_name}) as first_provider,
  arg_min(a.file_name, {'at': a.received_at, 'provider': a.provider, 'file': a.file_name}) as first_file_name
from alike b
join alike a using (day, registration_pseudonym, quantity, turn)
where a.provider <> b.provider
  and a.activity is not distinct from b.activity
  and (a.has_no_time or b.has_no_time or date_trunc('minute', a.drawn_at) = date_trunc('minute', b.drawn_at))
  and (a.received_at, a.provider) < (b.received_at, b.provider)
group by b.provider, b.transaction_id, b.drawn_at, b.quantity, b.file_name
