-- What each piece of equipment with a refrigerant check is charged with, in t CO2e by the F-gas regulation's own GWPs (not those of the inventory), how often it must be checked for leaks by that
-- regulation, and by when: so long after it was last checked. Twice as long where leaks are detected automatically, which from the highest step on is required anyway.
-- grain: subject
with
equipment as (
  select
    subject, any_value(site_id) as site_id, arg_max(owner_role, {'due': due_on, 'is': owner_role}) as owner_role,
    arg_max(refrigerant, {'due': due_on, 'is': refrigerant}) filter (refrigerant is not null) as refrigerant,
    arg_max(charge_kg, {'due': due_on, 'is': charge_kg}) filter (charge_kg is not null) as charge_kg,
    coalesce(arg_max(has_leak_detection, {'due': due_on, 'is': has_leak_detection}) filter (has_leak_detection is not null), false) as has_leak_detection,
    max(done_on) as last_done_on,
    min(due_on) filter (done_on is null) as given_due_on
  from council.due_dates
  where what = 'refrigerant check'
  group by subject
),

charges as (
  select e.*, r.f_gas_gwp, round(e.charge_kg * r.f_gas_gwp / 1000, 6) as f_gas_t_co2e
  from equipment e
  left join reference.refrigerants r on upper(r.refrigerant) = upper(regexp_replace(e.refrigerant, '[ -]', '', 'g'))
),

intervals as (
  select
    *,
    case
      when f_gas_t_co2e >= threshold('leak_check_quarterly') then 3
      when f_gas_t_co2e >= threshold('leak_check_half_yearly') then 6
      when f_gas_t_co2e >= threshold('leak_check_yearly') then 12
    end * if(has_leak_detection, 2, 1) as check_every_months
  from charges
)

select
  subject, site_id, owner_role, refrigerant, charge_kg::double as charge_kg, f_gas_gwp::double as f_gas_gwp, f_gas_t_co2e::double as f_gas_t_co2e, has_leak_detection,
  check_every_months::integer as check_every_months,
  last_done_on::timestamp_ms as last_done_on, given_due_on::timestamp_ms as given_due_on,
  (last_done_on + to_months(check_every_months::integer))::timestamp_ms as rule_due_on
from intervals
order by subject
