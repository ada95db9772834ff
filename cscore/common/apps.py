from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "cscore.common"
    verbose_name = _("Common")

    def ready(self) -> None:
        from cscore.common import jobs  # noqa: PLC0415 - the library's models load after every app is known

        jobs.keep_leases()
