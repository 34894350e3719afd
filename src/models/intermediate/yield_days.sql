-- What each array made of a day for each kW of its capacity, and what its area made for each kWp in the same half-hours: their ratio is the relative yield, which clouds leave
-- alone. It is no performance ratio, since no irradiance is measured. A day at zero is doubted and counts in no total, and that is what an array that is out looks like: it
-- is here with zero, and says so. The area is the register's, else the only one held, else Great Britain.
-- grain: asset_id, settlement_date
with
zero_days as (
  select distinct meter_point_id, settlement_date
  from intermediate.doubted_days
  where channel = 'generation' and kind = 'zeros'
),

held_areas as (
  select area, count(*) filter (area <> 'gsp:0') over () as smaller_areas
  from (select distinct area from intermediate.area_yields)
),

assets as (
  select
    a.*,
    coalesce(
      a.pv_area,
      (select any_value(area) from held_areas where area <> 'gsp:0' and smaller_areas = 1),
      (select any_value(area) from held_areas where smaller_areas = 0)
    ) as area
  from council.generation_assets a
  where regexp_matches(lower(a.technology), 'solar|pv|photovolt')
),

days as (
  select
    a.asset_id, a.site_id, a.capacity_kw, a.area, d.settlement_date, d.expected_half_hours, d.present_half_hours, d.generation_kwh, d.known,
    z.meter_point_id is not null as is_at_zero, y.kwh_per_kwp as area_kwh_per_kwp,
    bit_count(d.known) >= d.expected_half_hours as is_known_whole
  from intermediate.generation_days d
  join assets a using (asset_id)
  left join zero_days z on z.meter_point_id = a.generation_meter_id and z.settlement_date = d.settlement_date
  left join intermediate.area_yields y on y.area = a.area and y.settlement_date = d.settlement_date
)

select
  asset_id, site_id, capacity_kw, area, settlement_date, is_at_zero, expected_half_hours,
  bit_count(known)::integer as known_half_hours,
  present_half_hours >= threshold('speaks') * expected_half_hours as is_read,
  if(is_at_zero, 0, generation_kwh / capacity_kw)::decimal(18, 8) as kwh_per_kwp,
  case
    when is_at_zero or is_known_whole then list_sum(area_kwh_per_kwp)
    else list_sum(list_transform(range(1, 51), slot -> won(area_kwh_per_kwp, known, slot)))
  end::decimal(18, 8) as area_kwh_per_kwp
from days
where is_at_zero or known <> 0
