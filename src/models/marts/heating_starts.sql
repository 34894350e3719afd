-- When heating starts on the open days of each site, by month: the middle of its days, against the hour at which it opens, and how cold they were. Of at least five days.
-- grain: site_id, month
-- check: days >= 5
select
  date_trunc('month', d.settlement_date)::timestamp_ms as month, d.site_id, s.site_name,
  count(*)::integer as days,
  (median(d.start_half_hour) / 2)::double as start_hour,
  (median(d.opens_half_hour) / 2)::double as opening_hour,
  median(d.hours_before)::double as hours_before,
  median(d.celsius)::double as mean_celsius,
  (median(d.hours_before) filter (d.celsius >= threshold('heating_mild_day')))::double as hours_before_on_mild_days,
  (count(*) filter (d.celsius >= threshold('heating_mild_day')))::integer as mild_days
from intermediate.heating_start_days d
join council.sites s using (site_id)
group by date_trunc('month', d.settlement_date), d.site_id, s.site_name
having count(*) >= 5
order by d.site_id, date_trunc('month', d.settlement_date)
