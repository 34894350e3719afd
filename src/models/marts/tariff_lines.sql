-- The tariff that costs of a site's findings are told at, line by line, as it holds on the as-of date.
-- grain: site_id, energy, line, band
select s.site_id, s.energy, s.tariff, t.line, t.band, t.rate, t.unit, t.is_avoidable, t.return_to_sewer, t.valid_from::timestamp_ms as valid_from
from (
  select site_id, energy, tariff from intermediate.site_tariffs
  union all
  select site_id, 'water', tariff from intermediate.site_water_rates
) s
join council.tariffs t using (tariff)
where holds_on(getvariable('as_of'), t.valid_from, t.valid_to)
order by s.site_id, s.energy, t.line, t.band
