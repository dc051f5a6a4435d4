"""The addresses of the calculator of a catalogue."""

from __future__ import annotations

from django.urls import path

from goodstanding.web.calculator.views import show_calculator_json, show_calculator_page

urlpatterns = [
    path("catalogues/<slug:name>/calculator.json", show_calculator_json, name="calculator.json"),
    path("catalogues/<slug:name>/calculator", show_calculator_page, name="calculator"),
]
