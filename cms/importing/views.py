"""Sending a file, seeing what it would do, and doing it; and taking pages out."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.models import ReadIn
from cms.places import place_named, to_a_place
from portal.municipalities.acting import acting_for

from .columns import COLUMNS
from .examples import EXAMPLES
from .files import Sheet, Unreadable, as_csv, as_json, read_file
from .forms import FileForm
from .held import held_below
from .keeping import keep, kept
from .national import LISTED, beginnings, products_for_citizens, without_page
from .places import Tree, places_of
from .planning import Outcome, plan
from .writing import wait_for_turn, write


@contextmanager
def own_tree(request: HttpRequest, slug: str) -> Iterator[Tree]:
    """A tree that this person writes, its municipality in force. Raises Http404 or PermissionDenied."""
    tree = place_named(slug, places_of(request.user))
    with acting_for(tree.municipality) if tree.municipality else nullcontext():
        if not tree.root.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        yield tree


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """To the one tree that one writes, or a choice."""
    title, question = _("Pagina’s inlezen"), _("Waarheen?")
    return to_a_place(request, places_of(request.user), "cms_importing", title, question)


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a file, or take all pages out."""
    with own_tree(request, slug) as tree:
        form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
        if request.method == "POST" and form.is_valid():
            content = form.content()
            try:
                _readable(content, tree)
            except Unreadable as unreadable:
                form.add_error("file", str(unreadable))
            else:
                file = keep(content, form.cleaned_data["file"].name, tree, request.user)
                return redirect("cms_importing_look", slug, file.pk)
        context = {"tree": tree, "form": form, "columns": COLUMNS}
        return render(request, "cms/importing/files.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, slug: str, file: UUID) -> HttpResponse:
    """What would happen; with a press, make it so."""
    with own_tree(request, slug) as tree, transaction.atomic():
        writes = request.method == "POST"
        if writes:
            wait_for_turn(tree)
        there = kept(file, tree, request.user, to_write=writes)
        if there is None:
            messages.warning(
                request, _("Dit bestand is al ingelezen, of ouder dan een half uur. Kies het opnieuw.")
            )
            return redirect("cms_importing", slug)
        sheet = _readable(bytes(there.content), tree)
        return (_products if sheet.is_national else _pages)(request, tree, there, sheet)


def _pages(request: HttpRequest, tree: Tree, there: ReadIn, sheet: Sheet) -> HttpResponse:
    planned = plan(sheet, tree, request.user)
    if request.method == "POST" and planned.fingerprint == there.shown:
        number = write(planned, tree, request.user)
        there.delete()
        told = _("Ingelezen: van %(number)s pagina’s staat er een concept klaar. Er is niets gepubliceerd.")
        messages.success(request, told % {"number": number})
        return redirect("cms_importing", tree.slug)
    if request.method == "POST":
        messages.warning(
            request, _("Er is intussen iets veranderd. Kijk nog een keer. Er is niets ingelezen.")
        )
    if there.shown != planned.fingerprint:
        there.shown = planned.fingerprint
        there.save(update_fields=["shown"])
    context = {"tree": tree, "file": there, "plan": planned, "sheet": sheet}
    return render(request, "cms/importing/pages.html", context)


def _products(request: HttpRequest, tree: Tree, there: ReadIn, sheet: Sheet) -> HttpResponse:
    products = products_for_citizens(sheet)
    missing = without_page(products, held_below(tree.root))
    if request.method == "POST":
        ticked = set(request.POST.getlist("product"))
        planned = plan(beginnings(one for one in missing if one.uri in ticked), tree, request.user)
        number = write(planned, tree, request.user)
        told = _("Van %(number)s producten staat er een concept klaar. Er is niets gepubliceerd.")
        messages.success(request, told % {"number": number})
        for row in planned.rows:
            if row.outcome is Outcome.WRONG:
                messages.warning(request, f"{row.title}: {row.reason}")
        return redirect("cms_importing_look", tree.slug, there.pk)
    context = {"tree": tree, "file": there, "missing": missing[:LISTED]}
    numbers = {"all": len(products), "number": len(missing)}
    return render(request, "cms/importing/products.html", context | numbers)


@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """An example of each kind, to write over."""
    with own_tree(request, slug):
        return _file(as_csv(EXAMPLES), "voorbeeld.csv", "text/csv")


@require_safe
def out(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """All pages of the tree that a file can hold, as their editors see them now."""
    with own_tree(request, slug) as tree:
        rows = [one.cells for one in held_below(tree.root) if one.kind]
        if form == "csv":
            return _file(as_csv(rows), f"paginas-{slug}.csv", "text/csv")
        return _file(as_json(rows), f"paginas-{slug}.json", "application/json")


def _readable(content: bytes, tree: Tree) -> Sheet:
    sheet = read_file(content)
    if sheet.is_national and tree.municipality:
        raise Unreadable(
            _("Dit is de landelijke lijst van producten. Die leest de redactie van de bibliotheek in.")
        )
    return sheet


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, f"{kind}; charset=utf-8", headers={"Content-Disposition": disposition})
