"""The municipality's own tasks in the public register: what it does with data besides its purposes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal.municipalities.acting import current_municipality
from portal.usage.activities import TASKS, Task


@require_safe
def task(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One task, at the address that stays."""
    return same_for_everyone(render(request, "register/task.html", {"task": _found(slug, number)}))


@require_safe
def task_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:  # noqa: ARG001
    """One task, for machines."""
    made = JsonResponse(as_json(_found(slug, number)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return same_for_everyone(made)


def as_json(one: Task) -> dict[str, Any]:
    """In the words of the Dutch standards, as versions of purposes are."""
    with override("nl"):
        return {
            "verwerkingsactiviteit": one.address,
            "taak": one.slug,
            "versie": one.number,
            "stand": "geldt",
            "naam": str(one.title),
            "grondslag": "law",
            "wet": one.law,
            "verwerkingsverantwoordelijke": f"Gemeente {current_municipality().name}",
            "wie": str(one.who),
            "wat": str(one.what),
            "waarvoor": str(one.what_for),
            "bewaartermijn": str(one.kept),
        }


def same_for_everyone(answer: HttpResponse) -> HttpResponse:
    """What `cms.page_cache` looks for: it depends on host, path and language only."""
    answer.same_for_everyone = True  # type: ignore[attr-defined]
    return answer


def _found(slug: str, number: int) -> Task:
    """Raises Http404 when there is no such task."""
    found = next((one for one in TASKS if (one.slug, one.number) == (slug, number)), None)
    if found is None:
        raise Http404
    return found
