"""`{% component %}` and `{% slot %}`: pages are made of components with a name, arguments and slots.

    {% load components %}
    {% component "card" title=case.title url=case.url %}
      {{ case.status }}                                  the default slot: all that is not in another
      {% slot actions %}…{% endslot %}
    {% endcomponent %}

A component sees its arguments, `slot`, `slots` and `request`, and nothing else of the page. Whether the
arguments suit is
checked when the page's template is read, so a mistake shows in any test that loads the page.
"""

from typing import Any, cast

from django import template
from django.template import Context, Node, NodeList, TemplateDoesNotExist, TemplateSyntaxError, Variable
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from themes.components import Contract, WrongComponent, contract_of

register = template.Library()

OPEN = "themes.open_components"
PAGE_WIDE = ("request", "csrf_token", "frame")


def template_of(name: str) -> str:
    """Where the component's template is."""
    return f"components/{name}.html"


def contract(name: str) -> Contract:
    """The contract of one component; raises WrongComponent when there is none."""
    try:
        source = get_template(template_of(name)).template.source  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        raise WrongComponent(f"There is no component “{name}”.") from None
    return contract_of(name, source)


def literal(value: FilterExpression) -> str | None:
    """The text of a value that stands in the template itself, or None."""
    plain = not isinstance(value.var, Variable) and not value.filters
    return str(value.var) if plain else None


def opened(context: Context) -> list[tuple[Contract, dict[str, SafeString]]]:
    """The components that are being rendered in this template, the innermost last."""
    return cast(list[Any], context.render_context.setdefault(OPEN, cast(Any, [])))


class SlotNode(Node):
    """Keeps what it renders for the component around it; shows nothing where it stands."""

    child_nodelists = ("body",)

    def __init__(self, name: str, body: NodeList) -> None:
        self.name = name
        self.body = body

    def render(self, context: Context) -> SafeString:
        open_components = opened(context)
        if not open_components:
            raise WrongComponent(f"Slot “{self.name}” stands outside a component.")
        component, slots = open_components[-1]
        component.check_slot(self.name)
        slots[self.name] = mark_safe(self.body.render(context).strip())  # noqa: S308 - rendered, so escaped
        return SafeString()


class ComponentNode(Node):
    """Renders its body into slots, then the component's template with arguments and slots only."""

    child_nodelists = ("body",)

    def __init__(self, component: Contract, arguments: dict[str, FilterExpression], body: NodeList) -> None:
        self.component = component
        self.arguments = arguments
        self.body = body

    def render(self, context: Context) -> SafeString:
        values: dict[str, Any] = dict.fromkeys(self.component.arguments)
        values |= {name: value.resolve(context) for name, value in self.arguments.items()}
        values["slot"], values["slots"] = self.render_slots(context)
        inner = context.new({**{name: context.get(name) for name in PAGE_WIDE}, **values})
        engine = context.template.engine  # type: ignore[union-attr]
        shown = engine.get_template(template_of(self.component.name)).render(inner)
        return mark_safe(shown.strip())  # noqa: S308 - rendered by a template, so escaped

    def render_slots(self, context: Context) -> tuple[SafeString, dict[str, SafeString]]:
        slots: dict[str, SafeString] = {}
        open_components = opened(context)
        open_components.append((self.component, slots))
        try:
            with context.push():
                rest = self.body.render(context).strip()
        finally:
            open_components.pop()
        if rest:
            self.component.check_slot("")
        return mark_safe(rest), slots  # noqa: S308 - rendered, so escaped


@register.tag("component")
def component_tag(parser: Parser, token: Token) -> ComponentNode:
    """`{% component "name" key=value … %} … {% endcomponent %}`"""
    tag, *bits = token.split_contents()
    if not bits or bits[0][0] not in "\"'":
        raise TemplateSyntaxError(f"{tag}: the first argument is the component's name between quotes")
    arguments = token_kwargs(rest := bits[1:], parser)
    if rest:
        raise TemplateSyntaxError(f"{tag}: “{rest[0]}” is not key=value")
    body = parser.parse(("endcomponent",))
    parser.delete_first_token()
    component = contract(bits[0][1:-1])
    component.check({name: literal(value) for name, value in arguments.items()})
    return ComponentNode(component, arguments, body)


@register.tag("slot")
def slot_tag(parser: Parser, token: Token) -> SlotNode:
    """`{% slot name %} … {% endslot %}`"""
    tag, *bits = token.split_contents()
    if len(bits) != 1:
        raise TemplateSyntaxError(f"{tag}: give the name of one slot")
    body = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(bits[0], body)
