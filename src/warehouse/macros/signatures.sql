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

-- Every candidate of every series. `days` names a relation (series, y, t): y decimal(18, 4), t decimal(9, 4), a row a day. `points` names a relation
-- (purpose, point): purpose 'heating' or 'cooling', point decimal(9, 4).
--
-- No day both heats and cools, since a cooling point is not below a heating one: the sum of their products is zero, so pairs of points need no sums of their own.
create or replace temp macro signature_candidates(days, points) as table (
  with
  totals as (
    select
      series, count(*)::double as n,
      sum(y)::double as y_sum,
      sum((y * y)::decimal(38, 8))::double as yy_sum
    from query_table(days)
    group by series
  ),
  sums as (
    select
      d.series, p.purpose, p.point,
      sum(if(p.purpose = 'heating', p.point - d.t, d.t - p.point))::double as x_sum,
      sum(((d.t - p.point) * (d.t - p.point))::decimal(38, 8))::double as xx_sum,
      sum((if(p.purpose = 'heating', p.point - d.t, d.t - p.point) * d.y)::decimal(38, 8))::double as xy_sum,
      count(*)::integer as days
    from query_table(days) d
    join query_table(points) p on if(p.purpose = 'heating', d.t < p.point, d.t > p.point)
    group by d.series, p.purpose, p.point
  ),
  -- A point counts where at least ten days stand beyond it, twenty degree days in all, for a year; fewer for less.
  qualified as (
    select s.*
    from sums s
    join totals t using (series)
    where s.days >= 10 and s.x_sum >= 20 * t.n / 365
  ),
  shapes as (
    select series, 'constant' as shape, null as heating_point, null as cooling_point, 0::double as h, 0::double as hh, 0::double as hy, 0::double as c, 0::double as cc, 0::double as cy
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
create or replace temp macro best_signatures(days, points) as table (
  select *
  from signature_candidates(days, points)
  where base >= 0 and heating_slope >= 0 and cooling_slope >= 0
  qualify row_number() over (partition by series order by round(if(shape = 'constant', 0, adjusted_r2), 12) desc, terms, heating_point, cooling_point) = 1
);

-- What a signature expects of a day of so many degrees.
create or replace temp macro signature_at(degrees, base, heating_point, heating_slope, cooling_point, cooling_slope) as
  base + heating_slope * greatest(coalesce(heating_point - degrees, 0), 0) + cooling_slope * greatest(coalesce(degrees - cooling_point, 0), 0);
