"""Wagtail's screens on which the second person says yes, and what they say when the page was saved since."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, TaskState

from .asked import seen


class OnTheScreen(EditView):
    """The page's own screen: what it showed when it was opened is what somebody says yes to."""

    def perform_workflow_action(self) -> Any:
        """Who changes the page and approves it at once made it, so another must look."""
        yes = self.workflow_action == "approve"
        if yes and not seen(self.request.POST, self.page.current_workflow_task_state):
            return _look_again(self.request, self.page)
        answer = super().perform_workflow_action()
        return _look_again(self.request, self.page) if yes and _still_waits(self.page) else answer


class Answered(WorkflowActionView):
    """A yes or no from the first screen, without the page's own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A question that went along with a later version is not the one on this screen."""
        if self.action_name == "approve" and self.task_state.status == TaskState.STATUS_CANCELLED:
            return _look_again(request, self.object)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's, and says so when the yes did not count."""
        answer = super().post(request, *args, **kwargs)
        yes = self.action_name == "approve"
        return _look_again(request, self.object) if yes and _still_waits(self.object) else answer


class Pages(PageViewSet):
    """Wagtail's screens of pages, with ours in their place."""

    edit_view_class = OnTheScreen
    workflow_action_view_class = Answered


@hooks.register("register_admin_viewset")
def our_screens_of_pages() -> PageViewSet:
    """After Wagtail's own, and so in its place."""
    return Pages()


def _still_waits(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).workflow_in_progress)


def _look_again(request: HttpRequest, page: Page) -> HttpResponse:
    """Nothing was published, and why."""
    messages.warning(
        request,
        _(
            "Deze pagina is nog veranderd na de vraag om goed te keuren. Daarom is zij niet gepubliceerd."
            " Kijk wat er nu staat. Klopt het? Keur het dan goed. Schreef u zelf mee? Dan kijkt een ander."
        ),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)
