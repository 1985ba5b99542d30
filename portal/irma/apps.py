from django.apps import AppConfig


class IrmaConfig(AppConfig):
    name = "portal.irma"
    label = "irma"
