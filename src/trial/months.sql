-- Each meter's months of working days and of weekends as each load tells them, in numbers that a lone day does not move. Days under suspicion are left out.
create or replace temp table trial_months as
select
  load_id, meter, channel, month, is_weekend,
  count(*)::integer as days,
  median(total) as total_mid, max(total) as total_most, quantile_cont(total, 0.9) as total_high,
  median(peak) as peak_mid, max(peak) as peak_most,
  median(night) as night_mid,
  median(phase) as phase_mid, quantile_cont(phase, 0.9) - quantile_cont(phase, 0.1) as phase_spread,
  median(second_phase) as second_phase_mid,
  (count(*) filter (is_copy))::integer as copied_days,
  (count(*) filter (peak = 0))::integer as zero_days,
  (count(*) filter (is_flat))::integer as flat_days
from trial_days
anti join trial_suspects using (load_id, meter_key, channel, unit, settlement_date)
group by load_id, meter, channel, month, is_weekend
