"""Each address of `/v1` with its parameters and an example, from its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.web.about.schemas import EndpointDocumentation, EndpointParameter

_EXAMPLES = {
    "q": "golden dragon", "identifier": "uk-fhrs-row:43973", "position": "0", "source": "SOURCE", "batch": "BATCH",
    "number": "1", "part": "1",
}  # fmt: skip


def document_endpoints(schema: Mapping[str, Any], host: str) -> Iterator[EndpointDocumentation]:
    """Every address with its parameters and an example; `host` is scheme and host of this register."""
    examples = _EXAMPLES | _name_example_rules()
    for address, operations in schema["paths"].items():
        for method, operation in operations.items():
            yield _document_endpoint(method.upper(), address, operation, examples, host)


def _name_example_rules() -> dict[str, str]:
    """A catalogue in force, and a list of one, for the examples."""
    catalogues = {name: enacted.catalogue for name, enacted in list_enacted().items()}
    name = next((name for name, rules in catalogues.items() if rules.lists), next(iter(catalogues), "CATALOGUE"))
    lists = catalogues[name].lists if name in catalogues else {}
    return {"name": name, "catalogue": name, "list": next(iter(lists), "LIST")}


def _document_endpoint(
    method: str, address: str, operation: Mapping[str, Any], examples: Mapping[str, str], host: str
) -> EndpointDocumentation:
    parameters = operation.get("parameters", [])
    example = _fill_address(address, parameters, examples)
    is_open = method == "GET" and "{source}" not in address
    return EndpointDocumentation(
        method=method,
        address=address,
        title=operation.get("summary", ""),
        says=operation.get("description", ""),
        parameters=[_document_parameter(parameter) for parameter in parameters],
        example=f"curl '{host}{example}'" if method == "GET" else f"curl -X {method} '{host}{example}'",
        answer=example if is_open else None,
    )


def _fill_address(address: str, parameters: list[Any], examples: Mapping[str, str]) -> str:
    for parameter in parameters:
        if parameter["in"] == "path":
            address = address.replace(f"{{{parameter['name']}}}", examples.get(parameter["name"], "…"))
    query = {parameter["name"]: examples["q"] for parameter in parameters if parameter["name"] == "q"}
    return f"{address}?{urlencode(query)}" if query else address


def _document_parameter(parameter: Mapping[str, Any]) -> EndpointParameter:
    schema = parameter.get("schema", {})
    if description := schema.get("description", "") or parameter.get("description", ""):
        fits = description
    elif schema.get("type") == "integer":
        fits = _("a number")
    else:
        fits = _("a text")
    return EndpointParameter(
        name=parameter["name"], place=parameter["in"], required=parameter.get("required", False), fits=fits
    )
