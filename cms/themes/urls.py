"""Under /admin/huisstijl/, in Wagtail's frame but for the previews."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.start, name="cms_themes_start"),
    path("toestanden.css", views.state_style, name="cms_themes_states"),
    path("<slug:slug>/", views.themes, name="cms_themes"),
    path("<slug:slug>/kies/", views.pick, name="cms_themes_pick"),
    path("<slug:slug>/annuleer/", views.drop, name="cms_themes_drop"),
    path("<slug:slug>/deel/", views.part, name="cms_themes_part"),
    path("<slug:slug>/naast-elkaar/", views.beside, name="cms_themes_beside"),
    path("<slug:slug>/voorbeeld/<slug:theme>/<slug:page>/", views.preview, name="cms_themes_page"),
]
