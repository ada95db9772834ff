from django.apps import AppConfig


class CscoreConfig(AppConfig):
    name = "cscore"
    verbose_name = "cscore"
