from django.apps import AppConfig


class BrpConfig(AppConfig):
    name = "portal.registers.brp"
    label = "brp"
