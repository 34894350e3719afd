-- The budget a pathway allows from its base year to its target year, year by year and so far, beside what was emitted.
-- grain: target_id, pathway, year
-- check: emitted_so_far_t is null or abs(remaining_t + emitted_so_far_t - emitted_so_far_t / used_share) < 0.01
with years as (
  select
    target_id, boundary, pathway, gases, year, required_t as allowed_t, actual_t as emitted_t,
    sum(required_t) over so_far as allowed_so_far_t,
    case when count(actual_t) over so_far = count(*) over so_far then sum(actual_t) over so_far end as emitted_so_far_t,
    sum(required_t) over whole as allowed_in_all_t
  from marts.trajectories
  where required_t is not null
  window
    whole as (partition by target_id, pathway),
    so_far as (partition by target_id, pathway order by year)
)

select
  target_id, boundary, pathway, gases, year, allowed_t, emitted_t, allowed_so_far_t, emitted_so_far_t,
  allowed_in_all_t - emitted_so_far_t as remaining_t,
  emitted_so_far_t / allowed_in_all_t as used_share
from years
order by target_id, pathway, year
