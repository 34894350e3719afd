-- What a kWh less would save at each half-hour of the week, p, at the rates of each tariff that hold on the as-of date: the lines that are avoidable, added up.
-- grain: tariff, weekday, clock_half_hour
select
  t.tariff, w.weekday::integer as weekday, h.half_hour::integer as clock_half_hour,
  sum(t.rate::decimal(12, 6)) as pence_per_kwh
from council.tariffs t
cross join range(1, 8) as w(weekday)
cross join range(0, 48) as h(half_hour)
where t.is_avoidable and t.unit = 'p/kWh' and holds_on(getvariable('as_of'), t.valid_from, t.valid_to)
  and (t.days is null or (t.days >> (w.weekday - 1)) & 1 = 1)
  and case
    when coalesce(t.from_time, 0) < coalesce(t.to_time, 48) then h.half_hour >= coalesce(t.from_time, 0) and h.half_hour < coalesce(t.to_time, 48)
    else h.half_hour >= t.from_time or h.half_hour < t.to_time
  end
group by all
