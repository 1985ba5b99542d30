from django.apps import AppConfig


class MijnConfig(AppConfig):
    name = "portal.mijn"
    label = "mijn"
