-- Readings that are doubted and not counted, a run of days a row, the newest first. A picture is a text: its values with a semicolon between them, nothing
-- where nothing is held, and a 1 for each that is doubted.
select
  coalesce(site_name, 'a meter of no site') as site_name, coalesce(energy, 'energy') as energy, first_date, last_date, days, half_hours, kind, found, usual, picture_of,
  array_to_string(list_transform(picture, value -> coalesce(round(value, 3)::varchar, '')), ';') as picture,
  array_to_string(list_transform(is_doubted_in_picture, is_doubted -> is_doubted::integer::varchar), '') as is_doubted_in_picture
from marts.doubts
where is_left_out
order by last_date desc, site_name, energy, kind, meter_key
