"""What a server runs: the register of `GOODSTANDING_REGISTER`, else of the current folder."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from goodstanding import config

config.use(config.load(config.chosen_folder()))
application = get_wsgi_application()
