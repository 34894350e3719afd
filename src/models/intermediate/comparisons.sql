-- What of two reporting years can be set against each other: the base year, the year before, or the first year that is whole. Where both are whole, all of it; else the same meters and
-- accounts in the same months, and of sources that are known by annual return those that are whole in the other year too. What is left out is named.
-- A direction is claimed where the change is larger than what is missing on both sides together.
-- Where both are whole and a site, meter or account came or went between them, the same is said of those that both years have.
-- grain: reporting_year, against
with
pairs as (
  select y.reporting_year, b.reporting_year as against_year, a.against, y.is_whole and b.is_whole as is_all
  from intermediate.year_completeness y
  cross join (values ('base year'), ('year before'), ('first whole year')) a(against)
  join intermediate.year_completeness b
    on b.reporting_year = case a.against
      when 'base year' then getvariable('base_year')
      when 'year before' then y.reporting_year - 1
      else (select min(w.reporting_year) from intermediate.year_completeness w where w.is_whole)
    end
  where b.reporting_year < y.reporting_year
),

whole_rows as (
  select p.reporting_year, p.against, c.emission_source, c.reporting_year = p.reporting_year as is_year, c.quantity, c.emitted_t_co2e, c.held_t_co2e, c.expected_t_co2e, c.kind, c.activity, c.unit
  from pairs p
  join intermediate.completeness c on c.reporting_year = p.reporting_year or c.reporting_year = p.against_year
  where p.is_all
),

same_months as (
  select p.reporting_year, p.against, y.emission_source, y.activity, y.unit, y.kind, y as of_year, b as of_before
  from pairs p
  join intermediate.completeness y on y.reporting_year = p.reporting_year
  join intermediate.completeness b
    on b.reporting_year = p.against_year and b.kind = y.kind and b.name = y.name and b.emission_source = y.emission_source and b.activity = y.activity
    and month(b.month) = month(y.month)
  where not p.is_all and y.is_full_month and b.is_full_month
    and y.held_share >= threshold('whole_month') and b.held_share >= threshold('whole_month')
),

returned_sources as (
  select p.reporting_year, p.against, p.against_year, y.emission_source
  from pairs p
  join intermediate.source_completeness y on y.reporting_year = p.reporting_year
  join intermediate.source_completeness b on b.reporting_year = p.against_year and b.emission_source = y.emission_source
  where not p.is_all and (y.is_returned or b.is_returned) and y.is_whole and b.is_whole
),

compared as (
  select reporting_year, against, emission_source, activity, unit, kind, is_year, quantity, emitted_t_co2e, held_t_co2e, expected_t_co2e
  from whole_rows
  union all
  select reporting_year, against, emission_source, activity, unit, kind, true, of_year.quantity, of_year.emitted_t_co2e, of_year.held_t_co2e, of_year.expected_t_co2e
  from same_months
  anti join returned_sources using (reporting_year, against, emission_source)
  union all
  select reporting_year, against, emission_source, activity, unit, kind, false, of_before.quantity, of_before.emitted_t_co2e, of_before.held_t_co2e, of_before.expected_t_co2e
  from same_months
  anti join returned_sources using (reporting_year, against, emission_source)
  union all
  select r.reporting_year, r.against, c.emission_source, c.activity, c.unit, c.kind, c.reporting_year = r.reporting_year, c.quantity, c.emitted_t_co2e, c.held_t_co2e, c.expected_t_co2e
  from returned_sources r
  join intermediate.completeness c
    on c.emission_source = r.emission_source and (c.reporting_year = r.reporting_year or c.reporting_year = r.against_year)
),

sums as (
  select
    c.reporting_year, c.against,
    coalesce(sum(c.emitted_t_co2e) filter (c.is_year), 0) as t_co2e,
    coalesce(sum(c.emitted_t_co2e) filter (not c.is_year), 0) as before_t_co2e,
    coalesce(sum((c.quantity * f.kg_co2e_per_unit / 1000)::decimal(18, 6)) filter (not c.is_year), 0) as before_at_same_factors_t_co2e,
    sum(c.expected_t_co2e - c.held_t_co2e) as missing_t_co2e
  from compared c
  join intermediate.yearly_factors f using (reporting_year, activity, unit)
  group by c.reporting_year, c.against
),

left_out as (
  select p.reporting_year, p.against, string_agg(distinct s.emission_source, ', ' order by s.emission_source) as sources_left_out
  from pairs p
  join intermediate.source_completeness s on (s.reporting_year = p.reporting_year or s.reporting_year = p.against_year) and (s.expected_t_co2e > 0 or s.unknowns > 0)
  anti join compared c on c.reporting_year = p.reporting_year and c.against = p.against and c.emission_source = s.emission_source
  group by p.reporting_year, p.against
),

returned_before as (
  select distinct p.reporting_year, p.against
  from pairs p
  join intermediate.source_completeness b on b.reporting_year = p.against_year and b.is_returned
  join intermediate.source_completeness y on y.reporting_year = p.reporting_year and y.emission_source = b.emission_source and not y.is_returned
  semi join compared c on c.reporting_year = p.reporting_year and c.against = p.against and c.emission_source = b.emission_source
),

-- Of years that are both whole: months of meters and accounts that one of them has alone, since a site, meter or account came or went.
one_sided as (
  select p.reporting_year, p.against, c.reporting_year = p.reporting_year as is_year, c.activity, c.unit, c.quantity, c.emitted_t_co2e
  from pairs p
  join intermediate.completeness c on c.reporting_year = p.reporting_year or c.reporting_year = p.against_year
  anti join intermediate.completeness o
    on o.reporting_year = p.reporting_year + p.against_year - c.reporting_year and o.kind = c.kind and o.name = c.name
    and o.emission_source = c.emission_source and o.activity = c.activity and month(o.month) = month(c.month) and o.is_full_month = c.is_full_month
  anti join (from intermediate.source_completeness where is_returned) r
    on (r.reporting_year = p.reporting_year or r.reporting_year = p.against_year) and r.emission_source = c.emission_source
  where p.is_all and c.kind <> 'annual return'
),

one_sided_sums as (
  select
    o.reporting_year, o.against,
    coalesce(sum(o.emitted_t_co2e) filter (o.is_year), 0) as came_t_co2e,
    coalesce(sum(o.emitted_t_co2e) filter (not o.is_year), 0) as went_t_co2e,
    coalesce(sum((o.quantity * f.kg_co2e_per_unit / 1000)::decimal(18, 6)) filter (not o.is_year), 0) as went_at_same_factors_t_co2e
  from one_sided o
  join intermediate.yearly_factors f using (reporting_year, activity, unit)
  group by o.reporting_year, o.against
  having came_t_co2e > 0 or went_t_co2e > 0
),

same as (
  select
    s.reporting_year, s.against, s.missing_t_co2e,
    s.t_co2e - o.came_t_co2e as t_co2e,
    s.before_t_co2e - o.went_t_co2e as before_t_co2e,
    s.before_at_same_factors_t_co2e - o.went_at_same_factors_t_co2e as before_at_same_factors_t_co2e
  from sums s
  join one_sided_sums o using (reporting_year, against)
),

months as (
  select reporting_year, against, min(of_year.month) as first_month, max(of_year.month) as last_month
  from same_months
  group by reporting_year, against
)

select
  p.reporting_year, p.against, p.against_year, p.is_all,
  s.t_co2e, s.before_t_co2e, s.before_at_same_factors_t_co2e, s.missing_t_co2e,
  direction_of(s.t_co2e, s.before_t_co2e, s.missing_t_co2e) as direction,
  direction_of(s.t_co2e, s.before_at_same_factors_t_co2e, s.missing_t_co2e) as direction_at_same_factors,
  e.t_co2e as same_meters_t_co2e, e.before_t_co2e as same_meters_before_t_co2e,
  e.before_at_same_factors_t_co2e as same_meters_before_at_same_factors_t_co2e,
  direction_of(e.t_co2e, e.before_t_co2e, e.missing_t_co2e) as same_meters_direction,
  direction_of(e.t_co2e, e.before_at_same_factors_t_co2e, e.missing_t_co2e) as same_meters_direction_at_same_factors,
  r.reporting_year is not null as is_before_returned,
  l.sources_left_out, m.first_month, m.last_month
from pairs p
left join sums s using (reporting_year, against)
left join same e using (reporting_year, against)
left join left_out l using (reporting_year, against)
left join months m using (reporting_year, against)
left join returned_before r using (reporting_year, against)
