-- Whether each tank's dips agree with what was delivered and dispensed: opening dip + deliveries - dispenses = closing dip, within 0.5 % of what was
-- dispensed. A month opens with the last dip before it, else with its first; what moved is counted between the two dips.
-- grain: provider, tank, month
-- check: difference_l is null or abs(difference_l - (opening_dip_l + delivered_between_dips_l - dispensed_between_dips_l - closing_dip_l)) < 0.001
with
moved as (
  select *, date_trunc('month', moved_at)::date as month
  from intermediate.tank_movements
),

months as (
  select
    provider, tank, month,
    string_agg(distinct product, ', ' order by product) as products,
    coalesce(sum(litres) filter (movement = 'delivery'), 0) as delivered_l,
    coalesce(sum(litres) filter (movement = 'dispense'), 0) as dispensed_l,
    arg_max({'at': moved_at_utc, 'litres': litres}, {'at': moved_at_utc, 'litres': litres}) filter (movement = 'dip') as closing
  from moved
  group by provider, tank, month
),

opened as (
  select
    m.*,
    coalesce(
      (select arg_max({'at': d.moved_at_utc, 'litres': d.litres}, {'at': d.moved_at_utc, 'litres': d.litres})
       from moved d where d.provider = m.provider and d.tank = m.tank and d.movement = 'dip' and d.month < m.month),
      (select arg_min({'at': d.moved_at_utc, 'litres': d.litres}, {'at': d.moved_at_utc, 'litres': d.litres})
       from moved d where d.provider = m.provider and d.tank = m.tank and d.movement = 'dip' and d.month = m.month and d.moved_at_utc < m.closing.at)
    ) as opening
  from months m
),

between_dips as (
  select
    o.provider, o.tank, o.month, o.products, o.delivered_l, o.dispensed_l, o.opening, o.closing,
    coalesce(sum(d.litres) filter (d.movement = 'delivery'), 0) as delivered_between_dips_l,
    coalesce(sum(d.litres) filter (d.movement = 'dispense'), 0) as dispensed_between_dips_l
  from opened o
  left join moved d
    on d.provider = o.provider and d.tank = o.tank and d.moved_at_utc > o.opening.at and d.moved_at_utc <= o.closing.at
  group by all
)

select
  provider, tank, month::timestamp_ms as month, products,
  delivered_l::double as delivered_l,
  dispensed_l::double as dispensed_l,
  local_date(opening.at)::timestamp_ms as opened_on,
  opening.litres::double as opening_dip_l,
  local_date(closing.at)::timestamp_ms as closed_on,
  closing.litres::double as closing_dip_l,
  if(opening is null or closing is null, null, delivered_between_dips_l)::double as delivered_between_dips_l,
  if(opening is null or closing is null, null, dispensed_between_dips_l)::double as dispensed_between_dips_l,
  (opening.litres + delivered_between_dips_l - dispensed_between_dips_l - closing.litres)::double as difference_l,
  (difference_l / nullif(dispensed_between_dips_l, 0))::double as difference_share,
  case when difference_l is not null then abs(difference_l) > 0.005 * dispensed_between_dips_l::double + 0.0000001 end as is_beyond_tolerance
from between_dips
order by provider, tank, month
