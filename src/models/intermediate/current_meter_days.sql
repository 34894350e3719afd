-- The half-hours of every meter point: those held of it, and those of virtual meters, which are other meters added up by their shares. A half-hour of a
-- virtual meter is held where it is held of each of its parts, and estimated where it is of any.
-- grain: meter_point_id, channel, settlement_date
with
parts as (
  select v.virtual_meter_id, d.settlement_date, count(*) as parts
  from council.virtual_meters v
  join ops.settlement_days d on d.settlement_date between v.valid_from and v.valid_to and d.settlement_date <= getvariable('as_of')
  group by all
),

added as (
  select
    v.virtual_meter_id as meter_point_id, h.channel, h.settlement_date, count(*) as parts,
    [
    sum((v.share * h.kwh[1])::decimal(24, 8)), sum((v.share * h.kwh[2])::decimal(24, 8)), sum((v.share * h.kwh[3])::decimal(24, 8)), sum((v.share * h.kwh[4])::decimal(24, 8)), sum((v.share * h.kwh[5])::decimal(24, 8)),
    sum((v.share * h.kwh[6])::decimal(24, 8)), sum((v.share * h.kwh[7])::decimal(24, 8)), sum((v.share * h.kwh[8])::decimal(24, 8)), sum((v.share * h.kwh[9])::decimal(24, 8)), sum((v.share * h.kwh[10])::decimal(24, 8)),
    sum((v.share * h.kwh[11])::decimal(24, 8)), sum((v.share * h.kwh[12])::decimal(24, 8)), sum((v.share * h.kwh[13])::decimal(24, 8)), sum((v.share * h.kwh[14])::decimal(24, 8)), sum((v.share * h.kwh[15])::decimal(24, 8)),
    sum((v.share * h.kwh[16])::decimal(24, 8)), sum((v.share * h.kwh[17])::decimal(24, 8)), sum((v.share * h.kwh[18])::decimal(24, 8)), sum((v.share * h.kwh[19])::decimal(24, 8)), sum((v.share * h.kwh[20])::decimal(24, 8)),
    sum((v.share * h.kwh[21])::decimal(24, 8)), sum((v.share * h.kwh[22])::decimal(24, 8)), sum((v.share * h.kwh[23])::decimal(24, 8)), sum((v.share * h.kwh[24])::decimal(24, 8)), sum((v.share * h.kwh[25])::decimal(24, 8)),
    sum((v.share * h.kwh[26])::decimal(24, 8)), sum((v.share * h.kwh[27])::decimal(24, 8)), sum((v.share * h.kwh[28])::decimal(24, 8)), sum((v.share * h.kwh[29])::decimal(24, 8)), sum((v.share * h.kwh[30])::decimal(24, 8)),
    sum((v.share * h.kwh[31])::decimal(24, 8)), sum((v.share * h.kwh[32])::decimal(24, 8)), sum((v.share * h.kwh[33])::decimal(24, 8)), sum((v.share * h.kwh[34])::decimal(24, 8)), sum((v.share * h.kwh[35])::decimal(24, 8)),
    sum((v.share * h.kwh[36])::decimal(24, 8)), sum((v.share * h.kwh[37])::decimal(24, 8)), sum((v.share * h.kwh[38])::decimal(24, 8)), sum((v.share * h.kwh[39])::decimal(24, 8)), sum((v.share * h.kwh[40])::decimal(24, 8)),
    sum((v.share * h.kwh[41])::decimal(24, 8)), sum((v.share * h.kwh[42])::decimal(24, 8)), sum((v.share * h.kwh[43])::decimal(24, 8)), sum((v.share * h.kwh[44])::decimal(24, 8)), sum((v.share * h.kwh[45])::decimal(24, 8)),
    sum((v.share * h.kwh[46])::decimal(24, 8)), sum((v.share * h.kwh[47])::decimal(24, 8)), sum((v.share * h.kwh[48])::decimal(24, 8)), sum((v.share * h.kwh[49])::decimal(24, 8)), sum((v.share * h.kwh[50])::decimal(24, 8))
    ]::double[50] as kwh,
    bit_and(h.present) as present,
    bit_or(h.estimated) as estimated,
    max(h.revisions) as revisions
  from council.virtual_meters v
  join intermediate.held_meter_days h
    on h.meter_point_id = v.meter_point_id and h.settlement_date between v.valid_from and v.valid_to
  group by v.virtual_meter_id, h.channel, h.settlement_date
)

select h.meter_point_id, h.channel, h.settlement_date, h.kwh, h.present, h.estimated, h.revisions
from intermediate.held_meter_days h
anti join parts p on p.virtual_meter_id = h.meter_point_id and p.settlement_date = h.settlement_date
union all
select
  a.meter_point_id, a.channel, a.settlement_date,
  list_transform(range(1, 51), slot -> won(a.kwh, a.present, slot))::double[50] as kwh,
  a.present, a.estimated & a.present, a.revisions
from added a
join parts p on p.virtual_meter_id = a.meter_point_id and p.settlement_date = a.settlement_date and p.parts = a.parts
where a.present <> 0
