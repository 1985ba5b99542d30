from django.apps import AppConfig


class ZakenConfig(AppConfig):
    name = "portal.registers.zaken"
    label = "zaken"
