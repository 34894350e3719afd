-- What own operations emitted since the base year, year by year, beside what the straight path allows up to then. Where a year is not held whole all sums from
-- then on are at least so much. Without a path, since the base year is not whole, years stand without any.
with
summed as (
  select
    t.*, b.allowed_so_far_t, b.emitted_so_far_t,
    max(b.allowed_so_far_t) over (partition by t.target_id) as allowed_in_all_t,
    case when coalesce(t.actual_t, t.at_least_t) is not null
      then sum(coalesce(t.actual_t, t.at_least_t)::decimal(18, 6)) over (partition by t.target_id order by t.year) end as held_so_far_t
  from marts.trajectories t
  left join marts.carbon_budgets b using (target_id, pathway, year)
  where t.boundary = 'own operations' and t.pathway = 'linear' and t.year >= t.base_year
)

select
  target_id, target_name, series, year, base_year, target_year, is_confirmed, unconfirmed, is_provisional,
  allowed_so_far_t, allowed_in_all_t, emitted_so_far_t,
  case when emitted_so_far_t is null and allowed_in_all_t is not null then held_so_far_t end::double as at_least_so_far_t,
  (held_so_far_t / allowed_in_all_t)::double as used_share
from summed
order by target_id, year
