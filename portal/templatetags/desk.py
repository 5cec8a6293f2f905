from django import template

from portal.desk import Desk, of

register = template.Library()


@register.simple_tag(takes_context=True)
def desk(context) -> Desk:
    """What the signed-in officer's first page shows."""
    return of(context["request"].user)
