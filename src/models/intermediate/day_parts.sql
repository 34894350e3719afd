-- Parts of a day by the wall clock, as the settlement periods of each kind of day: a bit for each, and 1 in its place in an array. The night is the window of the
-- base load, which the sun cannot touch; midday shows what is on while the lights need not be.
-- grain: day_kind, part
with parts as (
  select *
  from (values ('night', 0, 8), ('midday', 20, 28), ('evening', 40, 48), ('day', 0, 48)) as p(part, from_half_hour, to_half_hour)
)

select
  c.day_kind, p.part,
  count(*)::integer as half_hours,
  bit_or(1::ubigint << (c.settlement_period - 1)::ubigint) as slots,
  list_transform(range(1, 51), slot -> list_contains(list(c.settlement_period), slot)::integer::double)::double[50] as is_in
from intermediate.clock_half_hours c
join parts p on c.clock_half_hour >= p.from_half_hour and c.clock_half_hour < p.to_half_hour
group by c.day_kind, p.part
