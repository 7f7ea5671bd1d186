"""The OpenAPI description is true: schemathesis asks what it describes, and what it does not, and finds no 500.

WHOHOLDS_SCHEMATHESIS gives the number of examples for each operation, for a longer run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from tests.atlas.served import HOME, OWN, Served, asker, served

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: pip install whoholds[test]")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

EXAMPLES = int(os.environ.get("WHOHOLDS_SCHEMATHESIS", "4"))
CHECKS = (
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.unsupported_method,
    checks.negative_data_rejection,
)


@pytest.fixture(scope="module")
def atlas() -> Iterator[Served]:
    with served() as opened:
        yield opened


@pytest.fixture(scope="module")
def api(atlas: Served) -> Any:
    return schemathesis.openapi.from_dict(atlas.get("/api/openapi.json"))


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_every_operation_answers_as_described(api: Any, atlas: Served, mode: str) -> None:
    api.app = atlas.ask.app
    for found in api.get_all_operations():
        operation = found.ok()
        try:
            cases = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))
            _try(cases, atlas)
        except Unsatisfiable:
            continue  # an operation that takes nothing cannot be asked wrongly


def _try(cases: Any, atlas: Served) -> None:
    @given(case=cases)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=EXAMPLES < 10,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(case: Any) -> None:
        answer = case.call(
            base_url=HOME, app=atlas.ask.app, headers=dict(OWN, **{"X-CSRF-Token": atlas.ask.headers["X-CSRF-Token"]})
        )
        case.validate_response(answer, checks=CHECKS)

    asked()


def test_the_description_is_openapi_3_0(atlas: Served) -> None:
    told = atlas.get("/api/openapi.json")
    assert told["openapi"] == "3.0.3"
    text = atlas.ask.get("/api/openapi.json").text
    for newer in ('"type":"null"', '"const"', '"examples":['):
        assert newer not in text
    assert len(told["paths"]) > 25


def test_every_list_has_an_end(atlas: Served) -> None:
    for path, item in atlas.get("/api/openapi.json")["paths"].items():
        for parameter in item.get("get", {}).get("parameters", ()):
            schema = parameter["schema"]
            for one in schema.get("anyOf", [schema]):
                bounded = {"maximum", "maxLength", "enum", "format", "$ref", "allOf"} & one.keys()
                assert bounded or one["type"] == "boolean", (path, parameter)


def test_bodies_are_what_the_description_says(atlas: Served) -> None:
    """What each model says of itself, against the answers of a register with something in it."""
    from whoholds.atlas.api.schemas import features, findings, reports

    holding = atlas.register.who("Kalbajar", "2020-11-26").finding
    incident = atlas.get("/api/incidents")["incidents"][0]["id"]
    duty = atlas.get("/api/undertakings?all=true")["duties"][0]["id"]
    document = atlas.get("/api/documents")["documents"][0]["id"]
    for model, address in (
        (reports.Documents, "/api/documents"),
        (reports.Documents, "/api/documents?q=reports"),
        (reports.DocumentTrace, f"/api/documents/{document}"),
        (reports.Claims, "/api/claims"),
        (reports.ClaimTrace, f"/api/claims/{atlas.claims[1]}"),
        (reports.Entries, "/api/entries"),
        (findings.Duties, "/api/undertakings?on=2020-11-20"),
        (findings.FullUndertaking, f"/api/undertakings/{duty}"),
        (findings.Incidents, "/api/incidents"),
        (findings.FullIncident, f"/api/incidents/{incident}"),
        (findings.FullHolding, f"/api/holdings/{holding}"),
        (findings.Places, "/api/places"),
        (findings.Who, "/api/places/Kalbajar"),
        (findings.History, "/api/history/Kalbajar"),
        (findings.Difference, "/api/diff?first=2020-11-14&last=2020-12-26"),
        (features.Features, "/api/collections/holdings/items"),
        (features.Collections, "/api/collections"),
    ):
        told = atlas.get(address)
        model.model_validate(told)
        missing = {
            name for name, field in model.model_fields.items() if field.is_required() and (field.alias or name) not in told
        }
        assert not missing, address


def test_the_page_of_the_operations_names_them_all(atlas: Served) -> None:
    page = atlas.ask.get("/api/docs").text
    for path in atlas.get("/api/openapi.json")["paths"]:
        assert path in page
    assert "<script>" not in page


def test_a_public_atlas_describes_no_entering(atlas: Served) -> None:
    from whoholds.atlas import Settings

    public = asker(atlas.register, atlas.clock, Settings(public=True)).get("/api/openapi.json").json()
    assert {method for item in public["paths"].values() for method in item} == {"get"}
