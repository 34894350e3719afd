-- Each drawing and credit of a fuel card as last reported.
-- grain: provider, transaction_id
select
  provider, transaction_id, drawn_at, registration_pseudonym, fleet_number, product_code, product, activity, quantity, cost_gbp, is_credit, file_name, received_at
from staging.fuel_transactions
qualify precedence = max(precedence) over (partition by provider, transaction_id)
