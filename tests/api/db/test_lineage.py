"""The tables that a query reads."""

from api.db.query_files import tables_read


def test_tables_of_macros_are_found() -> None:
    macros = (
        "-- one\ncreate or replace temp macro inner_one(a) as table (\n\n    select * from marts.dim_movies\n\n);\n"
        "create or replace temp macro outer_one(a) as table (from inner_one(a) where marts.text_key(a) = '');\n",
    )
    text = "select * from outer_one($a) inner join quality.build_info on true"
    assert tables_read(text, macros) == ("marts.dim_movies", "quality.build_info")
    assert tables_read("select marts.text_key($a)", macros) == ()
