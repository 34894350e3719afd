-- The parts of days that stand clearly above what is expected: by more than chance moves them, than a share of what is usual and than is worth a visit, on
-- nearly all days since it began, and on enough of them.
-- grain: site_id, energy, part, scope
select *
from intermediate.excess_levels
where level_kw > threshold('finding_spread') * spread_kw
  and level_kw > threshold('finding_share') * usual_kw
  and level_kw > worth_a_visit_kw(energy)
  and share_above >= threshold('finding_days_above')
  and days_counted >= if(scope = 'any', threshold('finding_days'), threshold('finding_scope_days'))
