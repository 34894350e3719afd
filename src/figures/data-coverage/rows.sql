-- The newest 24 months.
select *
from marts.data_coverage
where expected_half_hours > 0
  and month > (select max(month) from marts.data_coverage where expected_half_hours > 0) - interval 24 months
order by meter_point_id, month, site_id
