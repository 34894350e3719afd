-- Fuel that the files of two providers tell, counted once: which, how much and when.
-- grain: provider, first_provider
select
  provider, first_provider,
  count(*)::integer as transactions,
  sum(quantity)::double as quantity_l,
  min(drawn_at)::date::timestamp_ms as first_date,
  max(drawn_at)::date::timestamp_ms as last_date,
  string_agg(distinct file_name, ', ' order by file_name) as file_names,
  string_agg(distinct first_file_name, ', ' order by first_file_name) as first_file_names
from intermediate.fuel_told_twice
group by provider, first_provider
order by provider, first_provider
