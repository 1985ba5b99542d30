"""Under /api/v1/logboek/, for anybody."""

from django.urls import path

from . import public

urlpatterns = [
    path("kop", public.head, name="ledger_head"),
    path("bewijs/<str:entry>", public.inclusion, name="ledger_inclusion"),
    path("controleer.py", public.checker, name="ledger_checker"),
    path("consistentie", public.consistency, name="ledger_consistency"),
]
