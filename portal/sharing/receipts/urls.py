"""The public page, outside Mijn: nobody needs to sign in to check a receipt."""

from django.urls import path

from . import views

app_name = "receipts"

urlpatterns = [
    path("", views.verify, name="verify"),
    path("<str:number>/", views.verify, name="verify_number"),
]
