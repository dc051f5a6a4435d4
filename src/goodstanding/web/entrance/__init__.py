"""How people come in: django-allauth as this register uses it; settings and `web.urls` name its modules."""
