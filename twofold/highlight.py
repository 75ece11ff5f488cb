"""Code into coloured pieces, the same kinds on page and slide; the colours are the layouts' own."""

from typing import Any, Literal

from pygments import lex
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

TokenKind = Literal["keyword", "name", "string", "number", "comment", "operator", "plain"]

KINDS: tuple[tuple[_TokenType, TokenKind], ...] = (
    (Comment, "comment"),
    (Keyword, "keyword"),
    (String, "string"),
    (Number, "number"),
    (Operator, "operator"),
    (Name.Function, "name"),
    (Name.Class, "name"),
    (Name.Builtin, "name"),
    (Name.Tag, "name"),
)


def known_language(language: str) -> bool:
    """Whether code in `language` can be highlighted."""
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        return False
    return True


def tokens(code: str, language: str) -> tuple[tuple[TokenKind, str], ...]:
    """The pieces of `code` in order, joined again they are `code`; all plain where the language is not known."""
    if not language or not known_language(language):
        return (("plain", code),)
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    return tuple((_kind(token), text) for token, text in lex(code, lexer))


def _kind(token: Any) -> TokenKind:
    return next((kind for family, kind in KINDS if token in family), "plain")
