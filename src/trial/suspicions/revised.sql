-- A day sent again with much less, or much more, than the actual readings that were held of it.
-- rank: 7
-- screen: total not between held_total * threshold('trial_revised_below') and held_total * threshold('trial_revised_above')
select load_id, meter_key, channel, unit, settlement_date, present as half_hours, total as found, held_total as usual
from trial_rated
where looks_revised
