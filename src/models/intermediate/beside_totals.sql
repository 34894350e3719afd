-- The days of meter points that stand beside the totals of their sites, since what they measure is counted already: sub-meters, and virtual meters
-- unless all that they add up is a sub-meter of a virtual one, and so is counted there alone.
-- grain: meter_point_id, settlement_date
with
sub_meter_days as (
  select s.meter_point_id, d.settlement_date, s.parent_meter_point_id in (select virtual_meter_id from council.virtual_meters) as is_virtual
  from council.sub_meters s
  join ops.settlement_days d on d.settlement_date between s.valid_from and s.valid_to and d.settlement_date <= getvariable('as_of')
)

select meter_point_id, settlement_date
from sub_meter_days
union
select v.virtual_meter_id, d.settlement_date
from council.virtual_meters v
join ops.settlement_days d on d.settlement_date between v.valid_from and v.valid_to and d.settlement_date <= getvariable('as_of')
left join sub_meter_days s on s.meter_point_id = v.meter_point_id and s.settlement_date = d.settlement_date and s.is_virtual
where v.share > 0 and s.meter_point_id is null
