"""What `serve` runs: `wsgi` behind its front."""

from __future__ import annotations

import os

from goodstanding.proxy_settings import count_threads
from goodstanding.request_front import RequestFront
from goodstanding.wsgi import application as site

application = RequestFront(site, count_threads(os.environ))
