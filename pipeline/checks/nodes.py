"""An article's nodes by kind, gathered once for all checks that ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import cast

from pipeline.checks.prose import Same
from pipeline.model.article import Article
from pipeline.model.nodes import Node
from pipeline.model.walk import NodeT, by_kind


def in_body(article: Article, kind: type[NodeT]) -> Sequence[NodeT]:
    """The nodes of one type in the article's body, in document order; those in footnotes are left out."""
    return _of(kind, _kinds(Same(article))[0])


def everywhere(article: Article, kind: type[NodeT]) -> Sequence[NodeT]:
    """The nodes of one type in the article's body and then in its footnotes, in document order."""
    body, footnotes = _kinds(Same(article))
    return (*_of(kind, body), *_of(kind, footnotes))


_Kinds = Mapping[type, Sequence[Node]]


def _of(kind: type[NodeT], kinds: _Kinds) -> Sequence[NodeT]:
    return cast("Sequence[NodeT]", kinds.get(kind, ()))


@lru_cache(maxsize=2)
def _kinds(same: Same) -> tuple[_Kinds, _Kinds]:
    return by_kind(same.article.body), by_kind(same.article.footnotes)
