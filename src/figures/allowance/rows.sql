-- What own operations emitted since the base year, year by year, beside what the straight path allows up to then. Where a year is not held whole all sums from
-- then on are at least so much. Without a path, since the base year is not whole, years stand without either.
select
  t.target_id, t.target_name, t.series, t.year, t.base_year, t.target_year, t.is_confirmed, t.unconfirmed, t.is_provisional,
  b.allowed_so_far_t,
  max(b.allowed_so_far_t) over whole as allowed_in_all_t,
  case when coalesce(t.actual_t, t.at_least_t) is not null then sum(coalesce(t.actual_t, t.at_least_t)::decimal(18, 6)) over so_far end::double as emitted_so_far_t,
  b.emitted_so_far_t is not null as is_whole_so_far,
  case when coalesce(t.actual_t, t.at_least_t) is not null
    then sum(coalesce(t.actual_t, t.at_least_t)::decimal(18, 6)) over so_far / max(b.allowed_so_far_t) over whole end::double as used_share
from marts.trajectories t
left join marts.carbon_budgets b using (target_id, pathway, year)
where t.boundary = 'own operations' and t.pathway = 'linear' and t.year >= t.base_year
window
  whole as (partition by t.target_id),
  so_far as (partition by t.target_id order by t.year)
order by t.target_id, t.year
