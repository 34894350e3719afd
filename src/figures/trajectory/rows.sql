-- Every target, own operations before the area.
select *
from marts.trajectories
order by boundary = 'own operations' desc, target_id, pathway, year
