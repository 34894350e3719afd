-- The half-hours of every meter point: those held of it, and those of virtual meters, which are other meters added up by their shares. A half-hour of a
-- virtual meter is held where it is held of each of its parts, and estimated where it is of any.
-- grain: meter_point_id, channel, settlement_date
with
parts as (
  select v.virtual_meter_id, d.settlement_date, count(*) as parts
  from council.virtual_meters v
  join ops.settlement_days d on d.settlement_date between v.valid_from and v.valid_to
  group by all
),

added as (
  select
    v.virtual_meter_id as meter_point_id, h.channel, h.settlement_date, count(*) as parts,
    [
    sum(v.share * h.kwh[1]), sum(v.share * h.kwh[2]), sum(v.share * h.kwh[3]), sum(v.share * h.kwh[4]), sum(v.share * h.kwh[5]),
    sum(v.share * h.kwh[6]), sum(v.share * h.kwh[7]), sum(v.share * h.kwh[8]), sum(v.share * h.kwh[9]), sum(v.share * h.kwh[10]),
    sum(v.share * h.kwh[11]), sum(v.share * h.kwh[12]), sum(v.share * h.kwh[13]), sum(v.share * h.kwh[14]), sum(v.share * h.kwh[15]),
    sum(v.share * h.kwh[16]), sum(v.share * h.kwh[17]), sum(v.share * h.kwh[18]), sum(v.share * h.kwh[19]), sum(v.share * h.kwh[20]),
    sum(v.share * h.kwh[21]), sum(v.share * h.kwh[22]), sum(v.share * h.kwh[23]), sum(v.share * h.kwh[24]), sum(v.share * h.kwh[25]),
    sum(v.share * h.kwh[26]), sum(v.share * h.kwh[27]), sum(v.share * h.kwh[28]), sum(v.share * h.kwh[29]), sum(v.share * h.kwh[30]),
    sum(v.share * h.kwh[31]), sum(v.share * h.kwh[32]), sum(v.share * h.kwh[33]), sum(v.share * h.kwh[34]), sum(v.share * h.kwh[35]),
    sum(v.share * h.kwh[36]), sum(v.share * h.kwh[37]), sum(v.share * h.kwh[38]), sum(v.share * h.kwh[39]), sum(v.share * h.kwh[40]),
    sum(v.share * h.kwh[41]), sum(v.share * h.kwh[42]), sum(v.share * h.kwh[43]), sum(v.share * h.kwh[44]), sum(v.share * h.kwh[45]),
    sum(v.share * h.kwh[46]), sum(v.share * h.kwh[47]), sum(v.share * h.kwh[48]), sum(v.share * h.kwh[49]), sum(v.share * h.kwh[50])
    ]::double[50] as kwh,
    bit_and(h.present) as present,
    bit_or(h.estimated) as estimated,
    max(h.revisions) as revisions
  from council.virtual_meters v
  join intermediate.held_meter_days h
    on h.meter_point_id = v.meter_point_id and h.settlement_date between v.valid_from and v.valid_to
  group by v.virtual_meter_id, h.channel, h.settlement_date
)

select meter_point_id, channel, settlement_date, kwh, present, estimated, revisions
from intermediate.held_meter_days
anti join (select distinct virtual_meter_id from council.virtual_meters) virtual on virtual_meter_id = meter_point_id
union all
select a.meter_point_id, a.channel, a.settlement_date, a.kwh, a.present, a.estimated & a.present, a.revisions
from added a
join parts p on p.virtual_meter_id = a.meter_point_id and p.settlement_date = a.settlement_date and p.parts = a.parts
where a.present <> 0
