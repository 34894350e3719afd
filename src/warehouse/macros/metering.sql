-- The number in a cell, without the spaces around it; null where there is no number, or none that a meter could have read.
create or replace temp macro as_number(cell) as
  case
    when contains(cell, '_') then null
    when isfinite(try_cast(trim(cell) as double))
      and abs(try_cast(trim(cell) as double)) <= getvariable('largest_reading')
      and not list_contains(getvariable('sentinels'), try_cast(trim(cell) as double))
    then try_cast(trim(cell) as double)
  end;

-- The number in a cell that holds what a register stood at, or a sum of days: larger than any half-hour's reading may be.
create or replace temp macro as_amount(cell) as
  case when not contains(cell, '_') and isfinite(try_cast(trim(cell) as double)) then try_cast(trim(cell) as double) end;

-- kWh in one of a unit: by definition, or by volume × correction × gross calorific value / 3.6.
create or replace temp macro kwh_per_unit(measures, amount, volume_correction, calorific_value_mj_per_m3) as
  case measures when 'energy' then amount else amount * volume_correction * calorific_value_mj_per_m3 / 3.6 end;

-- Whether the key of a meter is that of a water supply (a SPID).
create or replace temp macro is_water(meter_key) as regexp_full_match(meter_key, '[0-9]{10}[WS][0-9]{2}');

-- The energy that a number of the trade names: an MPAN electricity, an MPRN gas; null of any other name.
create or replace temp macro energy_named(names, meter_key) as
  case
    when names in ('mpan', 'mpxn') and regexp_full_match(meter_key, '[0-9]{13}') then 'electricity'
    when names in ('mprn', 'mpxn') and regexp_full_match(meter_key, '[0-9]{6,10}') then 'gas'
  end;

-- A serial number without the spaces and case that files differ in; null where there is none.
create or replace temp macro plain_serial(serial) as nullif(upper(replace(serial, ' ', '')), '');
