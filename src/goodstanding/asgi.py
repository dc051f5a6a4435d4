"""What `serve` runs: `wsgi` behind its front."""

from __future__ import annotations

import os

from goodstanding.request_front import RequestFront
from goodstanding.wsgi import application as site

application = RequestFront(site, int(os.environ.get("GOODSTANDING_THREADS", "4")))
