-- Each charging session and credit as last reported, with where it took place: as charging-places.csv says, else as the file does. Counted is what no
-- meter of the council's holds: electricity of its vehicles charged in public or at an employee's home.
-- grain: provider, session_id, is_credit
with placed as (
  select
    c.provider, c.session_id, c.is_credit, c.energy_kwh, c.location, c.registration_pseudonym, s.file_name,
    coalesce(p.place, c.place) as place,
    p.site_id,
    local_date(c.started_at) as charged_on
  from raw.charging_sessions c
  join staging.standing_loads s using (load_id)
  left join council.charging_places p on p.location = lower(trim(c.location))
  qualify s.precedence = max(s.precedence) over (partition by c.provider, c.session_id, c.is_credit)
)

select
  p.provider, p.session_id, p.is_credit, p.energy_kwh, p.location, p.file_name, p.place, p.site_id, p.charged_on,
  p.place in ('public', 'home') as is_counted,
  case p.place
    when 'depot' then 'in the meter of the depot already'
    when 'resold' then 'bought by others, not used by the fleet'
    when 'unknown' then 'where it was charged is not said: list its location in charging-places.csv'
  end as why_not_counted,
  date_trunc('month', p.charged_on)::date as month,
  reporting_year_of(month) as reporting_year,
  v.vehicle_id,
  coalesce(v.service, 'unallocated') as service,
  coalesce(v.kind, 'unallocated') as vehicle_kind
from placed p
left join council.vehicle_names n
  on n.pseudonym = p.registration_pseudonym
  and holds_on(p.charged_on, n.valid_from, n.valid_to)
left join council.vehicles v on v.vehicle_id = n.vehicle_id
where p.charged_on <= getvariable('as_of')
