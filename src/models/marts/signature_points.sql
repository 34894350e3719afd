-- The mean power of each whole day of the last fifteen months by its outside temperature: what a signature is fitted to, and the days since; and what its signature
-- says of such a day, where it may be shown, and what the day took beyond that.
-- grain: site_id, energy, settlement_date
select
  d.site_id, s.site_name, d.energy, d.quantity, d.settlement_date::timestamp_ms as settlement_date, d.opening,
  d.celsius::double as celsius, d.kw::double as kw, is_of_signature(d.settlement_date) as is_fitted,
  signature_at(d.degrees::double, g.base_kw, g.heating_point, g.heating_kw_per_degree, g.cooling_point, g.cooling_kw_per_degree) as signature_kw,
  (d.kw - round(signature_kw, 6)::decimal(18, 6))::double * l.periods / 2 as excess_kwh
from intermediate.part_days d
join council.sites s using (site_id)
join ops.settlement_days l using (settlement_date)
left join intermediate.signatures g on g.site_id = d.site_id and g.energy = d.energy and g.opening in ('any', d.opening) and g.failed is null
where d.part = 'day' and d.celsius is not null and d.settlement_date > signature_last_day() - 365
order by d.site_id, d.energy, d.settlement_date
