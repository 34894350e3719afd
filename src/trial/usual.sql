-- What is usual of a meter around a month when a load came: in the two months before and after it, and in the same season of the years beside it, by what had
-- come until then. Its own month is apart. The columns that end in `ever` speak of working days and weekends alike.
create or replace temp table trial_usual as
with
judged as (
  select distinct load_id, meter, channel, month
  from trial_days
  where is_judged
),

beside as (
  select
    j.load_id, j.meter, j.channel, j.month, n.is_weekend,
    sum(n.days) as days,
    bool_or(abs(n.month - j.month) > 2) as has_season,
    median(n.total_mid) as total_mid, max(n.total_most) as total_most, median(n.total_high) as total_high,
    median(n.peak_mid) as peak_mid, min(n.peak_mid) as peak_low, max(n.peak_most) as peak_most,
    median(n.night_mid) as night_mid,
    median(n.phase_mid) as phase_mid, max(n.phase_spread) as phase_spread, max(n.phase_mid) - min(n.phase_mid) as phase_drift,
    median(n.second_phase_mid) as second_phase_mid,
    sum(n.copied_days) as copied_days,
    sum(n.zero_days) as zero_days, sum(n.flat_days) as flat_days
  from judged j
  cross join unnest([-13, -12, -11, -2, -1, 1, 2, 11, 12, 13]) as o(months_away)
  join trial_months n
    on n.meter = j.meter and n.channel = j.channel and n.month = j.month + o.months_away and n.load_id <= j.load_id
  group by all
)

select
  load_id, meter, channel, month, is_weekend, has_season, total_mid, peak_mid, peak_low, night_mid,
  phase_mid, phase_spread, phase_drift, second_phase_mid,
  (sum(days) over month_of)::integer as days,
  max(total_mid) filter (not is_weekend) over month_of as working_total_mid,
  max(total_mid) filter (is_weekend) over month_of as weekend_total_mid,
  max(total_high) filter (is_weekend) over month_of as weekend_total_high,
  max(total_most) over month_of as total_most_ever,
  max(peak_most) over month_of as peak_most_ever,
  (sum(zero_days) over month_of) / (sum(days) over month_of) as zero_share,
  (sum(copied_days) over month_of) / (sum(days) over month_of) as copied_share,
  (sum(flat_days) over month_of) / (sum(days) over month_of) as flat_share
from beside
window month_of as (partition by load_id, meter, channel, month)
