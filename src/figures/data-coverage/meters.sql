-- The months of the figure, a row a meter, the most missing first.
select
  any_value(site_name) as site_name, energy, meter_point_id,
  sum(expected_half_hours)::integer as expected_half_hours,
  sum(present_half_hours)::integer as present_half_hours,
  sum(estimated_half_hours)::integer as estimated_half_hours,
  sum(missing_half_hours)::integer as missing_half_hours,
  sum(repeated_hour_half_hours)::integer as repeated_hour_half_hours
from figure_rows
group by energy, meter_point_id
order by sum(missing_half_hours - repeated_hour_half_hours) desc, estimated_half_hours desc, site_name, meter_point_id
