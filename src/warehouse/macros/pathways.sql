-- Pathways from a base year to a target year, in tonnes. Years count as one step each; a pathway says nothing before its base year nor after its target year.

-- The straight line from the base year's emissions to the residual in the target year.
create or replace temp macro linear_t(base_t, residual_share, base_year, target_year, year) as
  case when year between base_year and target_year
    then base_t + (base_t * residual_share - base_t) * (year - base_year) / (target_year - base_year) end;

-- The share by which each year must be less than the one before, so that the residual is reached in the target year.
create or replace temp macro constant_rate(residual_share, base_year, target_year) as
  1 - power(residual_share, 1.0 / (target_year - base_year));

-- The same share less each year.
create or replace temp macro constant_percentage_t(base_t, rate, base_year, target_year, year) as
  case when year between base_year and target_year then base_t * power(1 - rate, year - base_year) end;

-- All that so many years of it allow, the base year being the first.
create or replace temp macro constant_percentage_budget_t(base_t, rate, years) as
  base_t * (1 - power(1 - rate, years)) / rate;
