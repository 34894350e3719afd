-- What the building of each measure would have taken on each counted day by the signature of the baseline, kWh, what it took, and the difference summed: over the baseline, where it ends near
-- zero, and again from the day after the measure was done, where it is what was avoided so far. With it the two sums that are watched week by week, in standard deviations of a week,
-- the limit beyond which what is taken has changed, and the alarm on the day on which one passes it. Of a measure of which nothing can be claimed there are no days.
-- grain: measure_id, settlement_date
select
  e.measure_id, m.site_id, m.energy, e.settlement_date::timestamp_ms as settlement_date, e.period,
  e.expected_kw * e.hours::double as expected_kwh,
  (e.kw * e.hours)::double as actual_kwh,
  (sum(round(e.expected_kw * e.hours::double, 6)::decimal(24, 6) - e.kw * e.hours) over so_far)::double as cumulative_kwh,
  e.is_estimated,
  c.less as watched_less, c.more as watched_more, if(c.week is null, null, threshold('savings_cusum_limit')) as watched_limit, c.alarm
from council.measures m
join intermediate.measure_expected e using (measure_id, energy)
join intermediate.measure_claims l using (measure_id, energy)
left join intermediate.measure_cusum c using (measure_id, energy, settlement_date)
where l.no_claim is null and e.period <> 'before'
window so_far as (partition by e.measure_id, e.period order by e.settlement_date)
order by e.measure_id, e.settlement_date
