"""How do the differences of two plans leave as a page? Side by side, marked, in one file that asks nothing of any network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from zhiheng.plans.differences.change import Differences, Nature, Subject
from zhiheng.plans.model import Plan
from zhiheng.publication.marking import Fate, Piece
from zhiheng.publication.revision import (
    NATURE_COLOURS,
    NATURE_TINTS,
    Row,
    nature_word,
    remarks,
    rows_of,
    subject_word,
    title_of,
)
from zhiheng.publication.writers.pages import asset, digest, filled
from zhiheng.rules.messages import sentence

_TAGS = {Fate.GONE: "del", Fate.COME: "ins"}


def differences_page(found: Differences) -> str:
    """The text of the page."""
    script = asset("diff.js")
    rows = list(rows_of(found))
    remark = "".join(remarks(found)) or "同一份规划的两个版本，逐项比对"
    if not rows:
        remark = sentence("publication.no_changes", {})
    return filled(
        asset("diff.html"),
        {
            "style": asset("report.css"),
            "own_style": asset("diff.css"),
            "script": script,
            "script_digest": digest(script),
            "remark": escape(remark),
            "old": _version(found.old),
            "new": _version(found.new),
            "counts": _counts(found),
            "choices": "".join(_choice(n) for n in Nature if any(n in row.natures for row in rows)),
            "subjects": "".join(_subject(s, [row for row in rows if row.subject is s]) for s in Subject),
        },
    )


def _version(plan: Plan) -> str:
    title, name = title_of(plan), plan.name
    return escape(title) if title == name else f"{escape(title)}（{escape(name)}）"


def _colours(nature: Nature) -> str:
    return f"--c:#{NATURE_COLOURS[nature]};--t:#{NATURE_TINTS[nature]}"


def _counts(found: Differences) -> str:
    heads = "".join(f'<th scope="col">{nature_word(n)}</th>' for n in Nature)
    lines = []
    for subject in Subject:
        counts = found.counts(subject)
        cells = "".join(f'<td style="{_colours(n)}">{f"<b>{counts[n]}</b>" if n in counts else "—"}</td>' for n in Nature)
        lines.append(f'<tr><th scope="row">{subject_word(subject)}</th>{cells}<td>{found.unchanged.get(subject, 0)}</td></tr>')
    head = f'<thead><tr><th scope="col"></th>{heads}<th scope="col">未变</th></tr></thead>'
    return f'<table class="counts">{head}<tbody>{"".join(lines)}</tbody></table>'


def _choice(nature: Nature) -> str:
    box = f'<input type="checkbox" value="{nature.value}" checked>'
    return f'<label class="kind" style="{_colours(nature)}">{box}{nature_word(nature)}</label>'


def _subject(subject: Subject, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    return f'<div class="subject"><h3>{subject_word(subject)}（{len(rows)}项）</h3>{"".join(map(_change, rows))}</div>'


def _change(row: Row) -> str:
    pills = "".join(f'<span class="pill" style="{_colours(n)}">{nature_word(n)}</span>' for n in row.natures)
    said = "".join(f"<li>{escape(words)}</li>" for words in row.said)
    natures = " ".join(n.value for n in row.natures)
    return (
        f'<article class="change" data-natures="{natures}" style="{_colours(row.natures[0])}">'
        f"<h4>{pills}<span>{escape(row.name)}</span></h4>{f'<ul>{said}</ul>' if said else ''}"
        f'<div class="sides">{_side("旧版", row.before, row.place_before)}{_side("新版", row.after, row.place_after)}</div></article>'
    )


def _side(name: str, pieces: Iterable[Piece], place: str) -> str:
    text = "".join(_piece(piece) for piece in pieces)
    where = f"{name}　{escape(place)}" if place else name
    body = f"<p>{text}</p>" if text else '<p class="none">（无）</p>'
    return f'<div><p class="where">{where}</p>{body}</div>'


def _piece(piece: Piece) -> str:
    tag = _TAGS.get(piece.fate)
    return f"<{tag}>{escape(piece.text)}</{tag}>" if tag else escape(piece.text)
