-- Charge points of which nothing says where they are: their electricity is held, in no total, until charging-places.csv does.
-- grain: provider, location
select
  provider, location,
  (count(*) filter (not is_credit))::integer as sessions,
  sum(energy_kwh)::double as energy_kwh,
  min(charged_on)::timestamp_ms as first_date,
  max(charged_on)::timestamp_ms as last_date,
  string_agg(distinct file_name, ', ' order by file_name) as file_names
from intermediate.charging
where place = 'unknown'
group by provider, location
order by provider, location
