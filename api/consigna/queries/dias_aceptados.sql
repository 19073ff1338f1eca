-- Every weekday by its Spanish name, in calendar order.
select weekday_name_es as nombre
from marts.fct_releases_by_weekday
order by release_weekday
