"""Query parameters in the OpenAPI document, generated from their struct."""

from typing import Any

import msgspec
from litestar._openapi.schema_generation import SchemaCreator
from litestar._openapi.schema_generation.utils import get_formatted_examples
from litestar.openapi.spec import Example, OpenAPIType, Parameter, Schema
from litestar.params import ParameterKwarg
from litestar.types import Empty
from litestar.typing import FieldDefinition

from api.http.query_parser import iter_parameters


def query_parameters(struct: type[msgspec.Struct]) -> list[Parameter]:
    """Return the query parameters that a struct declares."""
    return [_parameter(field, hint) for field, hint in iter_parameters(struct)]


def _parameter(field: msgspec.structs.FieldInfo, hint: Any) -> Parameter:
    definition = FieldDefinition.from_annotation(
        hint, name=field.name, default=Empty if field.required else field.default
    )
    schema = SchemaCreator(prefer_alias=True).for_field_definition(definition)
    kwarg = definition.kwarg_definition
    examples = (isinstance(kwarg, ParameterKwarg) and kwarg.examples) or []
    return Parameter(
        name=field.name,
        param_in="query",
        description=schema.description if isinstance(schema, Schema) else None,
        required=field.required,
        schema=schema,
        examples=get_formatted_examples(definition, examples) or None,
    )


def move_example_to_description(parameter: Parameter, schema: Schema) -> None:
    """Describe the example of an optional parameter in words: Swagger UI would fill it in and apply all filters."""
    if not parameter.examples:
        return
    values = [example.value for example in parameter.examples.values() if isinstance(example, Example)]
    texts = (",".join(map(str, value)) if isinstance(value, list) else str(value) for value in values)
    parameter.description = f"{parameter.description} For example: {' or '.join(texts)}"
    parameter.examples = schema.examples = None


def remove_null(schema: Schema) -> None:
    """Turn `X or null` into `X`: an optional parameter can be left out, but not be null."""
    if isinstance(schema.type, list):
        types = [kind for kind in schema.type if kind != OpenAPIType.NULL]
        schema.type = types[0] if len(types) == 1 else types
        schema.enum = [value for value in schema.enum or () if value is not None] or None
    kinds = [kind for kind in schema.one_of or () if isinstance(kind, Schema) and kind.type != OpenAPIType.NULL]
    if len(kinds) == 1:
        schema.one_of = None
        for name in Schema.__dataclass_fields__:
            if getattr(schema, name) is None:
                setattr(schema, name, getattr(kinds[0], name))
