"""Whether a municipality publishes by two people, and switching it."""

from django.db import transaction
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from cms.founding import editors_of
from cms.models import HomePage, SecondPerson


def is_on(home: HomePage) -> bool:
    """Whether what is written on this site waits for a second person. One query."""
    return bool(WorkflowPage.objects.filter(page=home).exists())


@transaction.atomic
def switch_on(home: HomePage) -> None:
    """From now on an editor asks another to publish. To repeat it changes nothing."""
    if is_on(home):
        return
    name = f"Twee mensen {home.municipality.name}"
    task = SecondPerson.objects.filter(name=name).first()
    if task is None:
        task = SecondPerson.objects.create(name=name)
        task.groups.add(editors_of(home.municipality.slug, home.municipality.name))
    workflow, _ = Workflow.objects.get_or_create(name=name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.create(workflow=workflow, page=home)


def switch_off(home: HomePage) -> None:
    """From now on an editor publishes alone; what waits still waits for a second person."""
    WorkflowPage.objects.filter(page=home).delete()
