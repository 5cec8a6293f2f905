"""``{% translate %}`` for the pages readers ask for most: a constant sentence is looked up once for
each language, not on every page. Whatever else the tag can do is done by Django's own.

Load it after ``i18n``.
"""

from django.template import Library
from django.template.base import Node
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = Library()


class SentenceNode(Node):
    def __init__(self, node: TranslateNode) -> None:
        self.node = node
        self.said: dict[str | None, str] = {}

    def render(self, context):
        language = get_language()
        if language not in self.said:
            self.said[language] = self.node.render(context)
        return self.said[language]


@register.tag
def translate(parser, token):
    node = do_translate(parser, token)
    return SentenceNode(node) if _is_constant(node) else node


def _is_constant(node: TranslateNode) -> bool:
    said = [node.filter_expression, *([node.message_context] if node.message_context else [])]
    return not (node.noop or node.asvar) and all(
        not expression.filters and getattr(expression.var, "literal", expression.var) is not None
        for expression in said
    )
