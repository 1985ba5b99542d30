"""Components: what a page may write, what comes of it, and that mistakes show at once."""

import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template
from django.utils.safestring import SafeString

from portal.irma.qr import svg
from tests.themes import gallery
from themes.components import contract_of
from themes.gallery.pages import PAGES as PAGES_OF_GALLERY
from themes.gallery.pages import TEMPLATES
from themes.templatetags.components import contract

COMPONENTS = Path("themes/templates/components")


def shown(source: str, **context: object) -> SafeString:
    return engines["django"].from_string("{% load components %}" + source).render(context)


def test_what_a_component_is_given_is_escaped_and_what_is_safe_stays():
    html = shown(
        '{% component "card" title=title %}{{ text }}<b>ja</b>{% endcomponent %}',
        title="<i>",
        text="<script>",
    )
    assert "&lt;i&gt;" in html
    assert "&lt;script&gt;<b>ja</b>" in html


@pytest.mark.parametrize("component", ['link" url="/x/', 'button-link" url="/x/', "button"])
def test_the_name_for_the_ear_has_no_space_before_its_colon(component):
    html = shown(
        f'{{% component "{component}" label="Stop" about=about %}}{{% endcomponent %}}', about="Maatje <b>"
    )
    assert 'aria-label="Stop: Maatje &lt;b&gt;"' in html
    assert ">Stop<" in html


def test_what_says_how_it_went_takes_the_focus_and_other_messages_leave_it():
    taken = {
        words: "autofocus" in shown(f'{{% component "alert" {words} %}}<p>x</p>{{% endcomponent %}}')
        for words in (
            'kind="error" title="Mis"',
            'kind="success" title="Bewaard" just_done=1',
            'kind="error"',
            'kind="warning" title="Let op"',
            'kind="success" title="Klaar"',
        )
    }
    assert list(taken.values()) == [True, True, False, False, False]


@pytest.mark.parametrize("title", ["", ' title="Deze code klopt niet"'])
def test_an_alert_says_once_for_the_ear_how_serious_it_is(title):
    html = shown(f'{{% component "alert" kind="error"{title} %}}<p>Kijk nog eens.</p>{{% endcomponent %}}')
    assert html.count("Fout: ") == 1


def test_a_qr_code_is_one_image():
    drawing = svg("{}", label="QR-code")
    html = shown('{% component "qr" svg=drawing %}{% endcomponent %}', drawing=drawing)
    assert html.count('role="img"') == 1
    assert 'aria-label="QR-code"' in html


def test_a_slot_goes_where_the_component_puts_it_and_the_rest_is_the_default_slot():
    html = shown(
        '{% component "card" title="Een" %}{% slot actions %}<a href="/x">Ga</a>{% endslot %}De rest'
        "{% endcomponent %}"
    )
    assert html.index("De rest") < html.index('<a href="/x">Ga</a>')
    assert html.count("Ga</a>") == 1


def test_a_slot_may_stand_in_an_if_and_see_what_stood_before_it():
    source = (
        '{% component "card" title="Een" %}{% with word="hier" %}{% if yes %}'
        "{% slot actions %}{{ word }}{% endslot %}{% endif %}{% endwith %}{% endcomponent %}"
    )
    assert "hier" in shown(source, yes=True)
    assert "hier" not in shown(source, yes=False)


def test_components_stand_in_components():
    html = shown(
        '{% component "card" title="Buiten" %}{% component "alert" kind="info" %}<p>Binnen</p>'
        "{% endcomponent %}{% slot actions %}knop{% endslot %}{% endcomponent %}"
    )
    assert html.index("Binnen") < html.index("knop")


def test_a_component_sees_nothing_of_the_page_but_its_arguments():
    assert "Deelt u nu" not in shown(
        '{% component "card" title="Een" %}{% endcomponent %}', label="Deelt u nu"
    )


def test_a_slot_in_a_loop_belongs_to_its_own_component():
    html = shown(
        '{% for n in numbers %}{% component "card" title=n %}{% slot actions %}knop {{ n }}{% endslot %}'
        "{% endcomponent %}{% endfor %}",
        numbers=["een", "twee"],
    )
    assert [html.count(f"knop {n}") for n in ("een", "twee")] == [1, 1]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('{% component "kaart" title="x" %}{% endcomponent %}', "no component “kaart”"),
        ('{% component "card" %}{% endcomponent %}', "asks for title"),
        ('{% component "card" tilte="x" title="y" %}{% endcomponent %}', "did you mean “title”"),
        ('{% component "alert" kind="danger" %}{% endcomponent %}', "not “danger”"),
        ("{% component card %}{% endcomponent %}", "between quotes"),
        ('{% component "card" title %}{% endcomponent %}', "is not key=value"),
        ('{% component "card" title="x" %}', "Unclosed tag"),
        ('{% component "card" title="x" %}{% slot %}{% endslot %}{% endcomponent %}', "name of one slot"),
    ],
)
def test_a_wrong_use_shows_when_the_template_is_read(source: str, says: str):
    with pytest.raises(TemplateSyntaxError, match=says):
        engines["django"].from_string("{% load components %}" + source)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            '{% component "card" title="x" %}{% slot action %}{% endslot %}{% endcomponent %}',
            "did you mean “actions”",
        ),
        ('{% component "badge" label="x" %}tekst{% endcomponent %}', "no slot “”"),
        ("{% slot actions %}{% endslot %}", "outside a component"),
    ],
)
def test_a_wrong_slot_shows_when_the_page_is_made(source: str, says: str):
    with pytest.raises(TemplateSyntaxError, match=says):
        shown(source)


@pytest.mark.parametrize("path", sorted(COMPONENTS.glob("*.html")), ids=lambda path: path.stem)
def test_every_component_documents_all_that_it_uses(path: Path):
    told = contract_of(path.stem, source := path.read_text())
    assert told.about
    body = source.split("{% endcomment %}", 1)[1]
    body += "".join(
        (COMPONENTS.parent / part).read_text() for part in re.findall(r'include "([^"]+)"', source)
    )
    for name in told.arguments:
        assert name in body, f"{name} is documented and never used"
    for slot in told.slots - {""}:
        assert f"slots.{slot}" in source


def test_the_gallery_shows_every_component():
    written = "".join(
        path.read_text() for path in [*TEMPLATES.glob("*.html"), Path("themes/templates/frame.html")]
    )
    assert [
        path.stem for path in COMPONENTS.glob("*.html") if f'component "{path.stem}"' not in written
    ] == []


@pytest.mark.parametrize("name", PAGES_OF_GALLERY)
def test_every_page_renders_without_a_variable_left_over(name: str, built_themes):
    html = gallery.render(name, "zandmeer")
    assert "{{" not in html
    assert "None" not in html


PAGES = sorted(
    path
    for room in ("portal", "cms")
    for path in Path(room).rglob("templates/**/*.html")
    if "{% component" in path.read_text() and "load" in path.read_text()
)


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_every_page_of_the_product_uses_components_as_they_are_meant(path: Path):
    get_template(str(path).split("/templates/", 1)[1])


def test_errors_of_a_field_are_read_before_its_hint():
    html = gallery.render("form", "zandmeer")
    assert 'aria-describedby="id_email_error id_email_helptext"' in html
    assert 'aria-invalid="true"' in html


def test_a_link_in_the_summary_reaches_the_first_choice_of_a_group():
    html = gallery.render("form", "zandmeer")
    assert 'href="#id_way_0"' in html
    assert 'id="id_way_0"' in html


def test_a_contract_names_the_values_that_are_allowed():
    assert contract("alert").arguments["kind"] == {"info", "success", "warning", "error"}
