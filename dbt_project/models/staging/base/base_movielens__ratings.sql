-- The raw records as they stand, numbered in file order in the one scan that reads the file.
select
    row_number() over () as row_number,
    *
from {{ source('movielens', 'ratings') }}
