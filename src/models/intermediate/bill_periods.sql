-- The bills and credits that stand, of each meter point of the register and period, in kWh, of water in m³.
-- grain: meter_point_id, first_date, last_date, kind, invoice
select meter_name as meter_point_id, first_date, last_date, kind, invoice, energy, quantity, is_estimated, issued_on
from intermediate.standing_bills
where is_registered
