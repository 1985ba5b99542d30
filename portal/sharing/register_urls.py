"""Under /register/, on each municipality's site."""

from django.urls import path

from . import register, register_tasks

app_name = "register"

urlpatterns = [
    path("", register.all_activities, name="all"),
    path("alles.json", register.all_activities_json, name="all_json"),
    path("taak/<slug:slug>/<int:number>/", register_tasks.task, name="task"),
    path("taak/<slug:slug>/<int:number>.json", register_tasks.task_json, name="task_json"),
    path("<slug:slug>/", register.newest, name="newest"),
    path("<slug:slug>/<int:number>/", register.version, name="version"),
    path("<slug:slug>/<int:number>.json", register.version_json, name="version_json"),
]
