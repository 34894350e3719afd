-- Working days of a week on which the whole shape of the day stands half an hour from where it stands: labels of the start read as those of the end. Both
-- waves of the shape move together, and the total stays; what people do moves one of them, or the total. Heating that starts before people come moves both
-- with the weather, so that gas must otherwise stand still.
-- rank: 9
-- screen: not is_weekend and flow = 'import' and phase_spread + phase_drift < if(energy = 'gas', threshold('trial_shifted_spread_of_heat'), threshold('trial_shifted_spread')) and by_total between 0.7 and 1.4 and abs(abs(by_phase) - 7.5) < threshold('trial_shifted_day') and by_phase * by_second_phase > 0
with weeks as (
  select
    *,
    count(*) over week_of as shifted_days,
    avg(by_phase) over week_of as phase_of_week,
    avg(by_second_phase) over week_of as second_phase_of_week
  from trial_rated
  where looks_shifted
  window week_of as (partition by load_id, meter_key, channel, unit, by_phase > 0, isoyear(settlement_date), week(settlement_date))
)

select
  load_id, meter_key, channel, unit, settlement_date, present as half_hours,
  by_phase / 15 as found, 0.0 as usual
from weeks
where shifted_days >= threshold('trial_shifted_days')
  and abs(abs(phase_of_week) - 7.5) < threshold('trial_shifted_week')
  and abs(abs(second_phase_of_week) - 15) < 2 * threshold('trial_shifted_week')
