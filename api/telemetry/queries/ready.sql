-- Which build of the warehouse answers.
select
    build_id,
    strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as built_at
from quality.build_info
