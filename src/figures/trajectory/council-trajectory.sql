-- Targets whose boundary is own operations.
select *
from figure_rows
where boundary = 'own operations'
order by target_id, pathway, year
