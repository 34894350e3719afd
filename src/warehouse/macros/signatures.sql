-- Energy signatures: how much of something a day takes at which outside temperature. Four shapes: the same every day (constant), more below a balance point
-- (heating), more above one (cooling), or both. Least squares over days; the method of CalTRACK 2.0 (superseded by OpenDSM; under UK contracts this is IPMVP
-- Option C): coefficients that are not negative, of all balance points that qualify the one with the highest adjusted R². The unit of temperature is the
-- caller's.

-- The least squares of y on heating and cooling degree days, from sums over days taken about their means: `hh` is the sum of the squares of heating degrees
-- about their mean, `hc` of the products, and so on. A shape without one of them says zero for its sums.
create or replace temp macro slopes_of(hh, cc, hc, hy, cy) as
  case
    when hh > 0 and cc > 0 then
      case when hh * cc - hc * hc > 1e-9 * hh * cc
        then {'heating': (hy * cc - cy * hc) / (hh * cc - hc * hc), 'cooling': (cy * hh - hy * hc) / (hh * cc - hc * hc)}
      end
    when hh > 0 then {'heating': hy / hh, 'cooling': 0::double}
    when cc > 0 then {'heating': 0::double, 'cooling': cy / cc}
    else {'heating': 0::double, 'cooling': 0::double}
  end;

-- Every candidate of every series. `days` names a relation (series, may_cool, y, t): y decimal(18, 4), t decimal(9, 4), a row a day;
-- may_cool is false where more on warm days would not be cooling, as of gas. The balance points of each purpose
-- go from one degree to another by one step; a purpose whose first is above its last has none.
--
-- Sums of days below each point are taken once, in steps of the points, and what lies above is the rest: a series costs no more than its days. They are sums of
-- decimals, so that the threads change nothing. No day both heats and cools, since a cooling point is not below a heating one: the sum of their products is zero.
create or replace temp macro signature_candidates(days, heating_from, heating_to, cooling_from, cooling_to, step) as table (
  with
  totals as (
    select
      series, bool_and(may_cool) as may_cool, count(*)::double as n,
      sum(y)::double as y_sum,
      sum((y * y)::decimal(38, 8))::double as yy_sum,
      sum(t)::double as t_sum,
      sum((t * t)::decimal(38, 8))::double as tt_sum,
      sum((t * y)::decimal(38, 8))::double as ty_sum
    from query_table(days)
    group by series
  ),
  steps as (
    select
      series,
      greatest(floor((t - least(heating_from, cooling_from)) / step), -1)::integer as step_number,
      count(*)::hugeint as n, sum(t) as t_sum, sum((t * t)::decimal(38, 8)) as tt_sum, sum(y) as y_sum, sum((t * y)::decimal(38, 8)) as ty_sum
    from query_table(days)
    group by all
  ),
  points as (
    select number::integer as step_number, least(heating_from, cooling_from)::double + number * step::double as point
    from range(-1, (floor((greatest(heating_to, cooling_to) - least(heating_from, cooling_from)) / step) + 1)::bigint) as numbers(number)
  ),
  -- What lies below each point: of the steps before its own.
  below as (
    select
      t.series, p.point,
      coalesce(sum(s.n) over lower_steps, 0)::double as n,
      coalesce(sum(s.t_sum) over lower_steps, 0)::double as t_sum,
      coalesce(sum(s.tt_sum) over lower_steps, 0)::double as tt_sum,
      coalesce(sum(s.y_sum) over lower_steps, 0)::double as y_sum,
      coalesce(sum(s.ty_sum) over lower_steps, 0)::double as ty_sum
    from totals t
    cross join points p
    left join steps s on s.series = t.series and s.step_number = p.step_number
    window lower_steps as (partition by t.series order by p.step_number rows between unbounded preceding and 1 preceding)
  ),
  sums as (
    select series, 'heating' as purpose, point, n as days, n * point - t_sum as x_sum, n * point * point - 2 * point * t_sum + tt_sum as xx_sum, point * y_sum - ty_sum as xy_sum
    from below
    where point between heating_from::double and heating_to::double
    union all
    select
      b.series, 'cooling', b.point, t.n - b.n,
      (t.t_sum - b.t_sum) - (t.n - b.n) * b.point,
      (t.n - b.n) * b.point * b.point - 2 * b.point * (t.t_sum - b.t_sum) + (t.tt_sum - b.tt_sum),
      (t.ty_sum - b.ty_sum) - b.point * (t.y_sum - b.y_sum)
    from below b
    join totals t using (series)
    where b.point between cooling_from::double and cooling_to::double
  ),
  -- A point counts where at least ten days stand beyond it, twenty degree days in all, for a year; fewer degree days for less.
  qualified as (
    select s.*
    from sums s
    join totals t using (series)
    where (s.purpose = 'heating' or t.may_cool) and s.days >= 10 and s.x_sum >= 20 * t.n / 365
  ),
  shapes as (
    select series, 'constant' as shape, null::double as heating_point, null::double as cooling_point, 0::double as h, 0::double as hh, 0::double as hy, 0::double as c, 0::double as cc, 0::double as cy
    from totals
    union all
    select series, 'heating', point, null, x_sum, xx_sum, xy_sum, 0, 0, 0
    from qualified
    where purpose = 'heating'
    union all
    select series, 'cooling', null, point, 0, 0, 0, x_sum, xx_sum, xy_sum
    from qualified
    where purpose = 'cooling'
    union all
    select h.series, 'heating and cooling', h.point, c.point, h.x_sum, h.xx_sum, h.xy_sum, c.x_sum, c.xx_sum, c.xy_sum
    from qualified h
    join qualified c on c.series = h.series and c.purpose = 'cooling' and c.point >= h.point
    where h.purpose = 'heating'
  ),
  about_means as (
    select
      s.series, s.shape, s.heating_point, s.cooling_point, t.n, t.y_sum / t.n as y_mean, s.h / t.n as h_mean, s.c / t.n as c_mean,
      greatest(t.yy_sum - t.y_sum * t.y_sum / t.n, 0) as yy,
      s.hy - s.h * t.y_sum / t.n as hy,
      s.cy - s.c * t.y_sum / t.n as cy,
      slopes_of(s.hh - s.h * s.h / t.n, s.cc - s.c * s.c / t.n, -s.h * s.c / t.n, s.hy - s.h * t.y_sum / t.n, s.cy - s.c * t.y_sum / t.n) as slopes
    from shapes s
    join totals t using (series)
  )
  select
    series, shape, heating_point, cooling_point, n::integer as days,
    y_mean - slopes.heating * h_mean - slopes.cooling * c_mean as base,
    slopes.heating as heating_slope,
    slopes.cooling as cooling_slope,
    greatest(yy - slopes.heating * hy - slopes.cooling * cy, 0) as squared_error,
    1 + (heating_point is not null)::integer + (cooling_point is not null)::integer as terms,
    y_mean,
    case when yy > 0 and n > terms then 1 - (squared_error / (n - terms)) / (yy / (n - 1)) else 0 end as adjusted_r2
  from about_means
  where slopes is not null
);

-- The candidate of each series that is taken: of those without a negative term the one that explains most; on a tie the simplest, then the lowest points.
create or replace temp macro best_signatures(days, heating_from, heating_to, cooling_from, cooling_to, step) as table (
  select *
  from signature_candidates(days, heating_from, heating_to, cooling_from, cooling_to, step)
  where base >= 0 and heating_slope >= 0 and cooling_slope >= 0
  qualify row_number() over (partition by series order by round(if(shape = 'constant', 0, adjusted_r2), 12) desc, terms, heating_point, cooling_point) = 1
);

-- What a signature expects of a day of so many degrees.
create or replace temp macro signature_at(degrees, base, heating_point, heating_slope, cooling_point, cooling_slope) as
  base + heating_slope * greatest(coalesce(heating_point - degrees, 0), 0) + cooling_slope * greatest(coalesce(degrees - cooling_point, 0), 0);

-- Signatures are fitted anew each month, to a year that ended a month and more before: what is judged by them is not in them.
create or replace temp macro signature_last_day() as (date_trunc('month', getvariable('as_of')::date - 60) - interval 1 day)::date;
create or replace temp macro is_of_signature(day) as day > signature_last_day() - 365 and day <= signature_last_day();

-- The quarter of the weeks that a day falls in, 1 to 4 one week after another.
create or replace temp macro quarter_of_weeks(day) as ((day - date '1990-01-01') // 7 % 4 + 1)::integer;

-- The step of two degrees that a temperature falls in.
create or replace temp macro temperature_step(degrees) as floor(degrees / 2)::integer;

-- A wave of so many cycles over the half-hours of a day, to multiply a day by.
create or replace temp macro wave(shape, cycles) as
  list_transform(range(0, 50), slot -> if(slot < 48, if(shape = 'sine', sin(2 * pi() * cycles * (slot + 0.5) / 48), cos(2 * pi() * cycles * (slot + 0.5) / 48)), 0))::double[50];
