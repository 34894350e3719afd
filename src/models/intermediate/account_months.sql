-- The days of each month that each provider of fuel or charging should speak of and those it does: from its first drawing to its last, and as long beyond each
-- as it is usually silent between two. A month without a drawing of any kind is not held, unless the provider is usually silent for as long. fuel-accounts.csv
-- says when an account began or ended; otherwise it was always there.
-- grain: provider, emission_source, activity, month
-- check: held_days <= expected_days
with
provider_days as (
  select distinct provider, day
  from intermediate.fleet_activities
  where unit <> 'km'
),

silences as (
  select *, date_diff('day', day, lead(day) over (partition by provider order by day)) as days_to_next
  from provider_days
),

providers as (
  select provider, min(day) as first_day, max(day) as last_day, least(coalesce(quantile_disc(days_to_next, 0.95), 0), 31)::integer as usual_silence_days
  from silences
  group by provider
),

months as (
  select date_trunc('month', settlement_date)::date as month, min(settlement_date) as first_date, max(settlement_date) as last_date
  from ops.settlement_days
  where settlement_date between reporting_year_start(getvariable('base_year')) and getvariable('as_of')
  group by all
),

drawn as (
  select provider, emission_source, activity, unit, month, sum(quantity) as quantity
  from intermediate.fleet_activities
  where unit <> 'km'
  group by all
),

lives as (
  select
    p.*, m.month, greatest(m.first_date, first_day(l.valid_from)) as first_date, least(m.last_date, final_day(l.valid_to)) as last_date,
    exists (from drawn d where d.provider = p.provider and d.month = m.month) as has_drawings
  from providers p
  cross join months m
  left join council.fuel_accounts l using (provider)
),

provider_months as (
  select
    provider, month,
    greatest(date_diff('day', first_date, last_date) + 1, 0) as expected_days,
    case
      when not has_drawings and usual_silence_days < 28 then 0
      else greatest(date_diff('day', greatest(first_date, first_day - usual_silence_days), least(last_date, last_day + usual_silence_days)) + 1, 0)
    end as held_days
  from lives
)

select
  a.provider, a.emission_source, a.activity, a.unit, m.month, reporting_year_of(m.month) as reporting_year,
  m.expected_days::integer as expected_days, m.held_days::integer as held_days, d.quantity
from (select distinct provider, emission_source, activity, unit from drawn) a
join provider_months m using (provider)
left join drawn d using (provider, emission_source, activity, month)
where m.expected_days > 0
