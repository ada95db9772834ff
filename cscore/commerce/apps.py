from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommerceConfig(AppConfig):
    name = "cscore.commerce"
    verbose_name = _("Shops and orders")
