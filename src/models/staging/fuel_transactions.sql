-- Every standing word on a fuel drawing, with the precedence of its load and what its product is; null where the council's list does not say.
select f.*, s.precedence, s.file_name, s.received_at, p.product, p.activity
from raw.fuel_transactions f
join staging.standing_loads s using (load_id)
left join council.fuel_products p using (provider, product_code)
