-- What employees claimed to have driven on business in vehicles of their own, by the month of the journey and the factor that is taken.
-- grain: month, activity, unknown_words
select
  month::timestamp_ms as month,
  reporting_year, activity,
  sum(distance_km)::double as distance_km,
  count(*)::integer as journeys,
  unknown_words
from intermediate.grey_fleet
group by intermediate.grey_fleet.month, reporting_year, activity, unknown_words
order by intermediate.grey_fleet.month, activity, unknown_words
