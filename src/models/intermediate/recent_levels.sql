-- What parts of days took of electricity in the weeks that ended two months ago, kW, where that was no more than a year before: one level, or where they followed the weather the
-- line through the middles of their coldest and warmest thirds, how far days stray from it, and the temperatures of which that is known. `is_less` says that it was
-- clearly less: a rise since then is judged from there, since it may stay below what was usual a year ago. Else it says how far days stray now: a year with a
-- winter of its own strays further.
-- grain: site_id, energy, part, opening
with
days as (
  select
    *,
    ntile(3) over (partition by site_id, energy, part, opening order by degrees, settlement_date) as third
  from intermediate.part_expected
  where energy = 'electricity'
    and settlement_date between recent_first_day() and recent_last_day()
),

slopes as (
  select
    site_id, energy, part, opening,
    coalesce(
      (median(kw) filter (third = 3) - median(kw) filter (third = 1))::double
        / nullif((median(degrees) filter (third = 3) - median(degrees) filter (third = 1))::double, 0)
        * (abs(corr(kw::double, degrees::double)) >= threshold('recent_flat'))::integer,
      0
    ) as kw_per_degree,
    min(degrees) - 1 as coldest, max(degrees) + 1 as warmest,
    median(kw - expected_kw) < -greatest(threshold('finding_share') * median(expected_kw), worth_a_visit_kw('electricity')) as is_less
  from days
  group by site_id, energy, part, opening
  having count(*) >= threshold('recent_days') and median(kw - expected_kw) <= 0
),

levelled as (
  select d.site_id, d.energy, d.part, d.opening, d.kw::double - s.kw_per_degree * d.degrees::double as at_zero_kw, s.* exclude (site_id, energy, part, opening)
  from days d
  join slopes s using (site_id, energy, part, opening)
)

select
  site_id, energy, part, opening, kw_per_degree, median(at_zero_kw) as at_zero_kw, greatest(1.4826 * mad(at_zero_kw), 0.01) as spread_kw, coldest, warmest, is_less
from levelled
group by site_id, energy, part, opening, kw_per_degree, coldest, warmest, is_less
