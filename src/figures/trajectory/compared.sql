-- The last whole year against the first.
from whole_years_compared
