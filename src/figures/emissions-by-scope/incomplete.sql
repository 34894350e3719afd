-- The newest year that is over, where it is not whole.
from incomplete_year
