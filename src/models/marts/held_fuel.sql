-- Products in the fuel files that fuel-products.csv does not name: held, in no total, until it does.
-- grain: provider, product_code
select
  provider, product_code,
  count(*)::integer as transactions,
  sum(quantity)::double as quantity_l,
  min(drawn_at)::date::timestamp_ms as first_date,
  max(drawn_at)::date::timestamp_ms as last_date,
  string_agg(distinct file_name, ', ' order by file_name) as file_names
from intermediate.fuel_drawn
where activity is null
group by provider, product_code
order by provider, product_code
