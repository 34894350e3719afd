-- Every building and energy, the most out of the ordinary for its kind first: of what is found what costs most, then what takes most for its area, or while it
-- is closed, against the middle of its kind, then the others by how much is known of them. Size alone puts none in front. `kinds` are those of its findings.
with
found as (
  select site_id, energy, list(kind order by kind) as kinds, max(coalesce(gbp_a_year, 0)) as gbp, max(coalesce(kwh_a_year, 0)) as kwh
  from marts.findings
  where kwh_a_year is not null and site_id is not null and state in ('open', 'acknowledged', 'returned')
  group by site_id, energy
),

known as (
  select
    site_id, energy, held_share,
    greatest(kwh_per_m2 / nullif(peers_kwh_per_m2, 0), closed_share / nullif(peers_closed_share, 0)) as against_kind
  from marts.site_years
)

select
  site_id, energy, coalesce(f.kinds, []) as kinds,
  row_number() over (
    order by f.gbp desc nulls last, f.kwh desc nulls last, k.against_kind desc nulls last, k.held_share desc nulls last, site_id, energy
  ) as place
from known k
full join found f using (site_id, energy)
