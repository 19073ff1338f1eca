-- Which build of the warehouse answers.
select
    build_id,
    built_at,
from quality.build_info
