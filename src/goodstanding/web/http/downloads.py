"""A file in evidence as a download: never shown in the page's own place, kept by no cache, checked before it leaves."""

from __future__ import annotations

import base64

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from goodstanding.evidence.file_names import clean_file_name
from goodstanding.evidence.media_types import CSV, TEXT, TITLES
from goodstanding.procedure.notices import Exhibit
from goodstanding.register.storage.evidence_store import read_exhibit_content

DOWNLOAD_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
TEXT_TYPES = (TEXT, CSV)


def build_evidence_response(exhibit: Exhibit) -> HttpResponse:
    """The file, as an attachment under its own name (RFC 6266); whoever calls has asked `access` before.

    Raises NotFound where it is not kept, or was erased, LedgerDiffers where it is not what was handed in.
    """
    content = read_exhibit_content(exhibit.digest)
    digest = base64.b64encode(bytes.fromhex(exhibit.digest)).decode()
    headers = {
        "Content-Type": _get_content_type(exhibit.media_type),
        "Content-Disposition": content_disposition_header(True, clean_file_name(exhibit.name)),
        "Content-Length": str(len(content)),
        "Content-Security-Policy": DOWNLOAD_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Repr-Digest": f"sha-256=:{digest}:",  # RFC 9530
    }
    return HttpResponse(content, headers=headers)


def _get_content_type(kind: str) -> str:
    if kind not in TITLES:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind in TEXT_TYPES else kind
