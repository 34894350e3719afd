-- What it means for a sum that its parts are alike: how many times larger the variance of the sum of so many weeks is than if each week were by itself, where each
-- is like the one before by `rho` and beyond that by chance (a first-order autoregression). Of one week it is 1; of many it nears (1 + rho) / (1 - rho). It takes the length of
-- the period that is summed, not that of the baseline.
create or replace temp macro alike_weeks(rho, weeks) as
  (1 + rho) / (1 - rho) - 2 * rho * (1 - power(rho, greatest(weeks, 1))) / (greatest(weeks, 1) * power(1 - rho, 2));

-- How much larger the squared error of a mean that a line gives is than one day's, from how far the degrees of the days asked about lie, on average, from those that
-- the line was fitted to: 1 / n at their middle. `h` and `c` are the distances of the mean heating and cooling degrees, `hh`, `cc` and `hc` the sums of squares and products about the means.
create or replace temp macro leverage(n, h, c, hh, cc, hc) as
  1 / n + case
    when hh > 0 and cc > 0 and hh * cc - hc * hc > 1e-9 * hh * cc then (h * h * cc - 2 * h * c * hc + c * c * hh) / (hh * cc - hc * hc)
    when hh > 0 then h * h / hh
    when cc > 0 then c * c / cc
    else 0
  end;

-- Half of the width of the band in which nine of ten true savings lie, from the variance of the sum and how far the building moves by itself. `savings_band` is by how much the variance
-- was found to say too much or too little, on generated buildings that do not move.
create or replace temp macro half_band(variance, moves) as 1.645 * sqrt(power(threshold('savings_band'), 2) * variance + moves * moves);
