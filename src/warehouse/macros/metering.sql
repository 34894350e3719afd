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

-- What a meter counts in one of a unit, in the unit that it is kept in: m³ of water, kWh of energy and of heat. A volume is energy of gas alone, and energy is no
-- water: null.
create or replace temp macro counted_per_unit(energy, measures, amount, volume_correction, calorific_value_mj_per_m3) as
  case
    when energy = 'water' then if(measures = 'volume', amount, null)
    when energy = 'gas' or measures = 'energy' then kwh_per_unit(measures, amount, volume_correction, calorific_value_mj_per_m3)
  end;

-- Whether what a meter measures is an energy that is added up; water and heat are quantities of their own.
create or replace temp macro is_energy(energy) as energy in ('electricity', 'gas');

-- Whether the key of a meter is that of a water supply (a SPID).
create or replace temp macro is_water(meter_key) as regexp_full_match(meter_key, '[0-9]{10}[WS][0-9]{2}');

-- Why a meter that the register does not have, or calls something that its number is not, is in no total.
create or replace temp macro unregistered_because(meter_key, registered_as) as
  case
    when registered_as is not null then 'meter-points.csv says ' || registered_as || ', its number water'
    when regexp_full_match(meter_key, '[0-9]{10}S[0-9]{2}') then 'a sewerage service: its m3 are those of the water'
    else 'not in meter-points.csv'
  end;

-- Why what is read in a unit cannot be counted: null where it can, or its unit is not known.
create or replace temp macro uncountable_because(energy, measures) as
  case
    when energy = 'water' and measures = 'energy' then 'energy, and of water'
    when measures = 'volume' and energy not in ('gas', 'water') then 'a volume, and not of gas'
  end;

-- The energy that a number of the trade names: an MPAN electricity, an MPRN gas; null of any other name.
create or replace temp macro energy_named(names, meter_key) as
  case
    when names in ('mpan', 'mpxn') and regexp_full_match(meter_key, '[0-9]{13}') then 'electricity'
    when names in ('mprn', 'mpxn') and regexp_full_match(meter_key, '[0-9]{6,10}') then 'gas'
  end;

-- A serial number without the spaces and case that files differ in; null where there is none.
create or replace temp macro plain_serial(serial) as nullif(upper(replace(serial, ' ', '')), '');

-- What a flow comes to in a day, m³.
create or replace temp macro m3_a_day(l_per_h) as l_per_h::double * 24 / 1000;
