"""The description of the API: for programs, and as a page to be read."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from whoholds.atlas.api.answering import Plainly, dumped
from whoholds.atlas.faults import Trouble
from whoholds.atlas.pages.rendering import page

router = APIRouter(include_in_schema=False)
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """The OpenAPI description."""
    return Response(dumped(request.app.openapi()), headers={"Cache-Control": "no-cache"}, media_type=_OPENAPI)


@router.get("/docs")
def docs(request: Request, ask: Plainly) -> HTMLResponse:
    """The operations, to be read."""
    told = request.app.openapi()
    return page(
        request,
        "api.html",
        ask.asked,
        title="API",
        about=told["info"]["description"],
        parts=_by_tag(told),
        troubles=[(one.slug, one.status, one.title) for one in Trouble],
    )


def _by_tag(told: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The operations under what they are about, in the order of the description."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for path, item in told["paths"].items():
        for method, operation in item.items():
            for tag in operation.get("tags", ["Other"]):
                parts.setdefault(tag, []).append(_operation(told, path, method, operation))
    return parts


def _operation(told: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    fields = told["components"]["schemas"].get(body.get("$ref", "").rpartition("/")[2], {})
    required = fields.get("required", [])
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "about": operation.get("description", ""),
        "parameters": [
            (one["name"], one["in"], one.get("required", False), _limits(one["schema"]), one.get("description", ""))
            for one in operation.get("parameters", ())
        ],
        "body": [
            (name, name in required, _limits(schema), schema.get("description", ""))
            for name, schema in fields.get("properties", {}).items()
        ],
        "media": sorted({media for one in operation["responses"].values() for media in one.get("content", {})}),
    }


def _limits(schema: dict[str, Any]) -> str:
    """What a value may be, in words."""
    kind = schema.get("format") or schema.get("type", "")
    told = [", ".join(map(str, schema["enum"]))] if "enum" in schema else [str(kind)] if kind else []
    words = {"minimum": "from {}", "maximum": "to {}", "minLength": "at least {} long", "maxLength": "at most {} long"}
    told += [text.format(f"{schema[key]:,}") for key, text in words.items() if schema.get(key) is not None]
    if schema.get("default") is not None:
        told.append(f"{schema['default']} if not told")
    return "; ".join(told)
