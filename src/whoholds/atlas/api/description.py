"""The OpenAPI description: what FastAPI gathers, made true for this API and brought down to version 3.0.

OGC API - Features asks for OpenAPI 3.0 (class oas30), which says `nullable` where JSON Schema says `anyOf` with null. Wrong
parameters are refused with 400 and every error is a problem, which FastAPI cannot know.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from whoholds.atlas.api.annotating import JSON_LD
from whoholds.atlas.api.answering import GEOJSON
from whoholds.atlas.api.schemas.common import Problem
from whoholds.atlas.faults import Trouble
from whoholds.atlas.settings import Settings

Json = dict[str, Any]
_TITLE = "whoholds: who holds what on which day, on whose word"
_ABOUT = (
    "Claims out of news reports, and what follows from them: who holds a place on a day, what happened, which duties are "
    "overdue; as known now, or as it was known (published_by, recorded_by). Days are calendar days; instants are in UTC; "
    "coordinates are longitude and latitude, WGS 84. Every answer has an ETag, and may be asked for with If-None-Match. Errors "
    "are problem details (RFC 9457)."
)
_GEOJSON_PATHS = "/items"
_ALSO = {"get": (Trouble.BAD_PARAMETER, Trouble.NOT_FOUND), "post": (Trouble.NOT_FOUND, Trouble.CONFLICT, Trouble.BAD_BODY)}


def describe(app: FastAPI, settings: Settings) -> None:
    """Let the application describe itself so."""
    made: list[Json] = []

    def openapi() -> Json:
        if not made:
            made.append(_description(app, settings))
        return made[0]

    app.openapi = openapi  # type: ignore[method-assign]


def _description(app: FastAPI, settings: Settings) -> Json:
    told = get_openapi(title=_TITLE, version="1", description=_ABOUT, routes=app.routes, openapi_version="3.0.3")
    schemas = told.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path, item in told["paths"].items():
        if settings.public:
            item.pop("post", None)
        for method, operation in item.items():
            _correct(operation, path, method)
    told["paths"] = {path: item for path, item in told["paths"].items() if item}
    if not settings.public:
        told["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        told["security"] = [{}, {"token": []}]
    lowered: Json = _lowered(told)
    return lowered


def _correct(operation: Json, path: str, method: str) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    media = GEOJSON if _GEOJSON_PATHS in path else JSON_LD if "/annotations/" in path else None
    if media:
        responses["200"]["content"] = {media: responses["200"]["content"]["application/json"]}
    if method == "get":
        responses["200"]["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "For If-None-Match."}}
        responses["304"] = {"description": "What the asker has is still so."}
    elif "201" in responses:
        responses["200"] = {**responses["201"], "description": "It stood already, or was known."}
        responses["201"] = {**responses["201"], "description": "It was entered."}
    for trouble in _ALSO[method]:
        responses[str(trouble.status)] = _problem(trouble.title)
    responses["default"] = _problem("What went wrong")
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _told(parameter["schema"])


def _problem(title: str) -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": title, "content": {"application/problem+json": {"schema": schema}}}


def _told(schema: Json) -> Json:
    """The schema of a parameter that is left away rather than null."""
    options = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if len(options) != 1:
        return {**schema, "anyOf": options} if options else schema
    return {**options[0], **{key: value for key, value in schema.items() if key != "anyOf"}}


def _lowered(value: Any) -> Any:
    """OpenAPI 3.1 as 3.0.3."""
    if isinstance(value, list):
        return [_lowered(one) for one in value]
    if not isinstance(value, dict):
        return value
    told = {key: _lowered(one) for key, one in value.items()}
    if isinstance(told.get("anyOf"), list):
        told = _nullable(told)
    if "const" in told and not isinstance(told["const"], dict):
        told["enum"] = [told.pop("const")]
    if isinstance(told.get("examples"), list):
        told["example"] = told.pop("examples")[0]
    if told.get("default", ...) is None:
        del told["default"]
    return told


def _nullable(schema: Json) -> Json:
    options = [one for one in schema["anyOf"] if one != {"type": "null"}]
    if len(options) == len(schema["anyOf"]):
        return schema
    rest = {key: one for key, one in schema.items() if key != "anyOf"}
    if len(options) > 1:
        return {**rest, "anyOf": options, "nullable": True}
    (only,) = options
    return {**rest, "allOf": [only], "nullable": True} if "$ref" in only else {**only, **rest, "nullable": True}
