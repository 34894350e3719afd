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
    sum_shared_slots(v.share, h.kwh) as kwh,
    bit_and(h.present) as present,
    bit_or(h.estimated) as estimated,
    max(h.revisions) as revisions,
    bool_or(h.is_disputed) as is_disputed
  from council.virtual_meters v
  join intermediate.held_meter_days h
    on h.meter_point_id = v.meter_point_id and h.settlement_date between v.valid_from and v.valid_to
  group by v.virtual_meter_id, h.channel, h.settlement_date
)

select h.meter_point_id, h.channel, h.settlement_date, h.kwh, h.present, h.estimated, h.revisions, h.is_disputed
from intermediate.held_meter_days h
anti join parts p on p.virtual_meter_id = h.meter_point_id and p.settlement_date = h.settlement_date
union all
select
  a.meter_point_id, a.channel, a.settlement_date,
  list_transform(range(1, 51), slot -> won(a.kwh, a.present, slot))::double[50] as kwh,
  a.present, a.estimated & a.present, a.revisions, a.is_disputed
from added a
join parts p on p.virtual_meter_id = a.meter_point_id and p.settlement_date = a.settlement_date and p.parts = a.parts
where a.present <> 0
