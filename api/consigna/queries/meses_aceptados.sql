-- Every month by its Spanish name, in calendar order.
select month_name_es as nombre
from marts.fct_releases_by_month
order by release_month
