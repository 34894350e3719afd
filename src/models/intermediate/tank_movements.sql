-- What tanks of bunkered fuel took in, gave out and held, each movement as last reported. moved_at is on the wall clock; a dip beside a delivery is
-- taken to come after it.
-- grain: provider, tank, moved_at_utc, movement, product, registration_pseudonym
select
  t.provider, t.tank, t.moved_at as moved_at_utc, t.movement, t.product, t.litres, t.registration_pseudonym, s.file_name,
  local_time(t.moved_at) as moved_at
from raw.tank_movements t
join staging.standing_loads s using (load_id)
where local_date(t.moved_at) <= getvariable('as_of')
qualify s.precedence = max(s.precedence) over (partition by t.provider, t.tank, t.moved_at, t.movement, t.product, t.registration_pseudonym)
