-- Under what each site stood on each day: open, shut as on every weekend, or shut on a day on which it is usually open (holiday), and the outside temperature of its
-- station. `degrees` are what signatures are fitted to: of a site without a station zero, so that what it always uses can still be told; null on a day that its station lacks.
-- grain: site_id, settlement_date
select
  h.site_id, h.settlement_date,
  case when coalesce(c.day_class, 'open') = 'open' then 'open' when u.closes_half_hour = 0 then 'weekend' else 'holiday' end as opening,
  w.mean_c as celsius,
  if(s.station_id is null, 0::decimal(9, 4), w.mean_c) as degrees
from (
  select site_id, settlement_date from intermediate.site_half_hours
  union
  select site_id, settlement_date from intermediate.site_heat_half_hours
) h
left join intermediate.site_calendar c using (site_id, settlement_date)
left join council.site_hours u on u.site_id = h.site_id and u.weekday = isodow(h.settlement_date)
left join intermediate.site_stations s on s.site_id = h.site_id
left join intermediate.station_days w on w.station_id = s.station_id and w.settlement_date = h.settlement_date
