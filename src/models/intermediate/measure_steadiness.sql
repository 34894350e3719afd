-- How far what is taken moves from year to year by itself: the signature of each baseline is tried on the years before it, in which nothing is known to have changed. `moves_share` is what it
-- missed them by for each year apart, as a share of use, where that is beyond the range that straying days and a signature of one year explain: the root of the mean of the squares, each by the
-- years it is apart, as of something that takes a step of its own each year. Without a row no such year is held.
-- grain: measure_id, energy
with missed as (
  select *, if(abs(avoided_kwh) > half_band(variance_kwh2, 0), avoided_kwh * avoided_kwh - variance_kwh2, 0) / (expected_kwh * expected_kwh * years_apart) as squared_share
  from intermediate.measure_sums
  where span like 'before %' and days >= threshold('signature_days') and expected_kwh > 0
)

select
  measure_id, energy,
  count(*)::integer as years,
  sqrt(greatest(sum(round(squared_share, 12)::decimal(38, 12))::double, 0) / count(*)) as moves_share
from missed
group by measure_id, energy
