-- Targets whose boundary is area-wide.
select *
from figure_rows
where boundary = 'area-wide'
order by target_id, pathway, year
