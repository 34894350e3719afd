-- Where a site takes far less than is expected of the newest days on which something is expected, in all, and on none of them half of it: m³ told as kWh, another unit, a
-- meter that has stopped. Near a balance point, where a day may take nothing, nothing is expected for sure. A building that nobody said is shut looks the same, which
-- is worth a question too; of what heats not before it has opened: heating that rests in a holiday is as low. Asked of its meter that used most.
-- grain: meter_point_id
with
days as (
  select
    site_id, energy, settlement_date, opening, kw, expected_kw, kw >= 2 * threshold('low_use') * expected_kw as is_usual,
    row_number() over (partition by site_id, energy order by settlement_date desc) as newest
  from intermediate.part_excess
  where part = 'day' and expected_kw > 2 * worth_a_visit_kw(energy) and expected_kw > threshold('finding_spread') * spread_kw
),

low as (
  select site_id, energy
  from days
  where newest <= threshold('finding_days')
  group by site_id, energy
  having count(*) = threshold('finding_days') and not bool_or(is_usual) and sum(kw) < threshold('low_use') * sum(expected_kw) and max(settlement_date) > getvariable('as_of') - threshold('finding_stale_days')::integer
),

last_usual as (
  select site_id, energy, max(settlement_date) filter (is_usual) as settlement_date, min(settlement_date) as first_date
  from days
  group by site_id, energy
),

begun as (
  select l.site_id, l.energy, coalesce(u.settlement_date + 1, u.first_date)::date as since, count(*) filter (d.opening = 'open') as open_days
  from low l
  join last_usual u using (site_id, energy)
  join days d on d.site_id = l.site_id and d.energy = l.energy and (u.settlement_date is null or d.settlement_date > u.settlement_date)
  group by l.site_id, l.energy, u.settlement_date, u.first_date
),

meters as (
  select meter_point_id, site_id, energy
  from intermediate.meters_last_year
  qualify row_number() over (partition by site_id, energy order by kwh desc, meter_point_id) = 1
)

select m.meter_point_id, b.site_id, b.energy, b.since
from begun b
join meters m using (site_id, energy)
where not heats(b.energy) or b.open_days >= threshold('finding_scope_days')
