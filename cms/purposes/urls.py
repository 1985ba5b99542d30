"""Under /admin/doelen/, in Wagtail's frame."""

from django.urls import path

from . import consumer_views, officer_views, question_views, views

urlpatterns = [
    path("", views.start, name="cms_purposes_start"),
    path("<slug:slug>/", views.shelves, name="cms_purposes"),
    path("<slug:slug>/nieuw/", views.new, name="cms_purpose_new"),
    path("<slug:slug>/overnemen/", views.take, name="cms_purpose_take"),
    path("<slug:slug>/vernieuwen/", views.renew, name="cms_purpose_renew"),
    path("<slug:slug>/concept/<uuid:draft>/", views.draft, name="cms_purpose"),
    path("<slug:slug>/concept/<uuid:draft>/stap/", views.step, name="cms_purpose_step"),
    path("<slug:slug>/doel/<slug:purpose>/", officer_views.purpose, name="cms_purpose_published"),
    path("<slug:slug>/gebruik/", officer_views.uses, name="cms_purposes_uses"),
    path("<slug:slug>/gebruik/<uuid:consumer>/", officer_views.block, name="cms_purposes_block"),
    path("<slug:slug>/inzage/", officer_views.access, name="cms_purposes_access"),
    path("<slug:slug>/afnemers/", consumer_views.every, name="cms_consumers"),
    path("<slug:slug>/afnemers/nieuw/", consumer_views.new, name="cms_consumer_new"),
    path("<slug:slug>/afnemers/<uuid:consumer>/", consumer_views.one, name="cms_consumer"),
    path("<slug:slug>/afnemers/<uuid:consumer>/wijzig/", consumer_views.change, name="cms_consumer_change"),
    path(
        "<slug:slug>/afnemers/voorstel/<uuid:proposal>/",
        consumer_views.proposal,
        name="cms_consumer_proposal",
    ),
    path("<slug:slug>/vragen/", question_views.open_questions, name="cms_purposes_questions"),
    path("<slug:slug>/vragen/<uuid:question>/", question_views.question, name="cms_purposes_question"),
]
