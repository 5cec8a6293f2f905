"""What stands on many pages alike is rendered once for an edition of the site (news/kept.py).

::

    {% kept "controls" comfort.zoom next=address %} … {{ next }} … {% endkept %}

What is inside may depend on the page's language, on the values, and on nothing else. A blank, here
``next``, is what differs from page to page: it may only be shown as it is, and is filled in each
time.
"""

import re

from django import template
from django.template.base import token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from news.kept import keep

register = template.Library()

_BLANK = re.compile("\x02([a-z_]+)\x03")


class KeptNode(template.Node):
    def __init__(self, nodelist, name, values, blanks):
        self.nodelist, self.name, self.values, self.blanks = nodelist, name, values, blanks

    def render(self, context):
        values = [value.resolve(context) for value in self.values]
        pieces = keep(
            ("html", self.name, get_language(), *values), lambda: self._in_pieces(context)
        )
        if not self.blanks:
            return SafeString(pieces[0])
        filled = {
            name: conditional_escape(value.resolve(context)) for name, value in self.blanks.items()
        }
        return SafeString(  # rendered by a template; the blanks are escaped
            "".join(filled[piece] if odd else piece for odd, piece in _numbered(pieces))
        )

    def _in_pieces(self, context):
        """The text between the blanks and the blanks' names, in turn."""
        with context.push(**{name: f"\x02{name}\x03" for name in self.blanks}):
            return _BLANK.split(self.nodelist.render(context))


def _numbered(pieces):
    return ((number % 2, piece) for number, piece in enumerate(pieces))


@register.tag
def kept(parser, token):
    _tag, name, *bits = token.split_contents()
    values = [parser.compile_filter(bit) for bit in bits if "=" not in bit]
    blanks = token_kwargs([bit for bit in bits if "=" in bit], parser)
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, name, values, blanks)
