"""Articles as the pages that outlets print around them: menus, advertisements, captions, comments, what else to read.

Four houses' styles, chosen by the outlet's name. `bulk` is about how many thousand characters of style sheets, scripts and
menus a page carries besides its article: pages of news sites have a hundred or so.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from bench.newsroom import Article, Kind

BULK = 60
_BROKEN, _WESTERN = 0.01, 0.05  # shares of pages whose bytes are not what they say, and of pages in windows-1252
_SECTIONS = ("World", "Politics", "Business", "Sport", "Culture", "Weather", "Science", "Opinion", "Travel", "Video", "Live")
_ADVERTS = (
    "Bombs away: mattresses from 199",
    "Fight wrinkles in ten days",
    "Capture every moment with the new lens",
    "This town cannot believe what she found in the attic",
    "Last strike: bowling shoes at half price",
)
_COMMENTS = (
    "First!",
    "I do not believe a word of this.",
    "They should have done that years ago, if you ask me.",
    "My uncle was there and says it was quite different.",
    "Great piece, thank you.",
    "Can somebody explain what this means for prices?",
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A page as a server sends it."""

    data: bytes
    content_type: str


def printed(article: Article, seed: int, *, bulk: int = BULK) -> Printed:
    """The page of an article; the same for the same article and seed."""
    rng = random.Random(f"{seed}/{article.number}/page")
    if article.kind is Kind.BLANK and rng.random() < 0.5:
        return Printed(b"", "text/html; charset=utf-8")
    draw = rng.random()
    charset = "windows-1252" if draw < _WESTERN and article.language == "en" else "utf-8"
    page = _page(article, charset, bulk, rng)
    if draw > 1 - _BROKEN:
        return Printed(page.replace("e ", "é ").encode("cp1252", "replace") + b"\xff\xfe\x81", "text/html; charset=utf-8")
    return Printed(
        page.encode("cp1252" if charset == "windows-1252" else "utf-8", "xmlcharrefreplace"), f"text/html; charset={charset}"
    )


def _page(article: Article, charset: str, bulk: int, rng: random.Random) -> str:
    style = sum(map(ord, article.outlet)) % 4
    body = (_modern, _plain, _old, _crowded)[style](article, rng)
    return (
        f'<!DOCTYPE html>\n<html lang="{article.language}">\n<head>\n<meta charset="{charset}">\n'
        f"{_head(article)}\n{_sheet(bulk)}\n</head>\n"
        f'<body class="s{style}">\n<a class="skip" href="#main">Skip to content</a>\n{_menus(article.outlet, bulk)}\n{body}\n'
        f"{_foot(article.outlet)}\n{_scripts(bulk)}\n</body>\n</html>\n"
    )


def _head(article: Article) -> str:
    title, outlet, day = escape(article.title), escape(article.outlet), article.published.isoformat()
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": f"{day}T08:15:00+00:00",
        "dateModified": f"{day}T09:40:00+00:00",
        "author": {"@type": "Person", "name": article.author},
        "publisher": {"@type": "Organization", "name": article.outlet},
    }
    return "\n".join(
        [
            f"<title>{title} | {outlet}</title>",
            f'<meta property="og:title" content="{title}">',
            f'<meta property="og:site_name" content="{outlet}">',
            '<meta property="og:type" content="article">',
            f'<meta property="article:published_time" content="{day}T08:15:00+00:00">',
            f'<meta name="author" content="{escape(article.author)}">',
            f'<meta name="description" content="{escape(article.paragraphs[0][:150] if article.paragraphs else "")}">',
            f'<link rel="canonical" href="{article.address}">',
            f'<script type="application/ld+json">{json.dumps(data)}</script>',
        ]
    )


def _modern(article: Article, rng: random.Random) -> str:
    parts = _told(article, rng)
    return (
        f'<main id="main"><article><header><h1>{escape(article.title)}</h1>'
        f'<p class="byline">By <a href="/by/1">{escape(article.author)}</a></p>'
        f'<time datetime="{article.published}">{article.published:%d %B %Y}</time></header>\n'
        f"{_figure(article, rng)}\n{parts}\n</article>\n{_related(article, rng)}\n{_comments(rng)}</main>"
    )


def _plain(article: Article, rng: random.Random) -> str:
    return (
        f'<div id="main" class="content"><h1 class="entry-title">{escape(article.title)}</h1>'
        f'<div class="meta">{escape(article.author)}, {article.published:%B %d, %Y}</div>'
        f'<div class="entry-content">{_told(article, rng)}</div>{_comments(rng)}</div>'
        f'<div class="sidebar">{_related(article, rng)}</div>'
    )


def _old(article: Article, rng: random.Random) -> str:
    words = "<br><br>\n".join(escape(part) for part in article.paragraphs)
    return (
        f'<table width="100%"><tr><td valign="top" width="160">{_related(article, rng)}</td><td>'
        f'<font size="5"><b>{escape(article.title)}</b></font>'
        f"<p><i>{escape(article.author)}, {article.published:%d.%m.%Y}</i></p>"
        f"<div class='article-body'>{words}</div></td></tr></table>"
    )


def _crowded(article: Article, rng: random.Random) -> str:
    return (
        f'<div class="page"><div class="ad ad-top" data-slot="{rng.randrange(999)}">'
        f'<a href="/go?{rng.randrange(9999)}">{rng.choice(_ADVERTS)}</a></div>'
        f'<section id="main"><article class="story"><h1>{escape(article.title)}</h1>'
        f'<div class="share"><a href="#">Share</a> <a href="#">Post</a></div>'
        f'{_figure(article, rng)}<div class="story-body">{_told(article, rng)}</div></article></section>'
        f"<aside>{_related(article, rng)}</aside>{_comments(rng)}"
        f'<div class="newsletter"><p>Sign up for our newsletter</p><form><input></form></div></div>'
    )


def _told(article: Article, rng: random.Random) -> str:
    parts = []
    for at, words in enumerate(article.paragraphs):
        lines = words.split("\n")
        if len(lines) > 1 and all(line.lstrip().startswith("- ") for line in lines):
            parts.append("<ul>" + "".join(f"<li>{escape(line.lstrip()[2:])}</li>" for line in lines) + "</ul>")
        else:
            parts.append(f"<p>{escape(words)}</p>")
        if at == 2:
            parts.append(f'<div class="ad" data-slot="{rng.randrange(999)}"><a href="/go">{rng.choice(_ADVERTS)}</a></div>')
    return "\n".join(parts)


def _figure(article: Article, rng: random.Random) -> str:
    if not article.paragraphs or rng.random() < 0.3:
        return ""
    caption = f"A street on {article.published:%A}. [File: {escape(article.outlet)}]"
    return f'<figure><img src="/img/{article.number}.jpg" alt=""><figcaption>{caption}</figcaption></figure>'


def _related(article: Article, rng: random.Random) -> str:
    links = "".join(f'<li><a href="/{rng.randrange(10**6)}.html">{rng.choice(_ADVERTS)}</a></li>' for _ in range(6))
    return f'<div class="related"><h3>Read also</h3><ul>{links}</ul></div>'


def _comments(rng: random.Random) -> str:
    said = "".join(
        f'<li class="comment"><b>user{rng.randrange(999)}</b><p>{rng.choice(_COMMENTS)}</p></li>'
        for _ in range(rng.randrange(5))
    )
    return f'<section id="comments" class="comments"><h3>Comments</h3><ol>{said}</ol></section>'


@lru_cache(maxsize=64)
def _menus(outlet: str, bulk: int) -> str:
    """A third of the bulk: links to sections and their parts."""
    rng = random.Random(outlet)
    items = []
    for at in range(max(8, bulk * 1_000 // 3 // 90)):
        section = rng.choice(_SECTIONS)
        items.append(
            f'<li class="menu-item menu-item-{at}"><a href="/{section.lower()}/{at}" data-track="nav">{section} {at}</a></li>'
        )
    return f'<header><div class="logo">{escape(outlet)}</div></header><nav><ul>{"".join(items)}</ul></nav>'


@lru_cache(maxsize=4)
def _sheet(bulk: int) -> str:
    rules = "".join(
        f".menu-item-{at}{{margin:0 {at % 7}px;color:#{at * 7919 % 0xFFFFFF:06x}}}\n" for at in range(bulk * 1_000 // 3 // 45)
    )
    return f"<style>\n{rules}</style>"


@lru_cache(maxsize=4)
def _scripts(bulk: int) -> str:
    lines = "".join(
        f'window.q=window.q||[];q.push(["slot",{at},{at * 104729 % 65536}]);\n' for at in range(bulk * 1_000 // 3 // 55)
    )
    return f"<script>\n{lines}</script>"


@lru_cache(maxsize=64)
def _foot(outlet: str) -> str:
    return (
        f"<footer><p>© 2024 {escape(outlet)}. All rights reserved.</p>"
        '<a href="/privacy">Privacy</a> <a href="/imprint">Imprint</a></footer>'
    )
