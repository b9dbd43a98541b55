"""Which titles does a paper have, and what stands under each?

A title is a paragraph that begins with a number of the genre (一、 (一) 1. (1) 专栏1 第一章), or one the paper itself marks
(style, tag, Markdown sign). Numbers in notes, lists of enclosures, contents and lists within a sentence are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhiheng.documents import tree
from zhiheng.documents.tree import Block, Document, ListItem, Paragraph, Text
from zhiheng.plans.listing import Listing
from zhiheng.plans.model import Heading
from zhiheng.plans.nesting import Nesting, nesting
from zhiheng.plans.numbering import Mark, Style, inner_marks, leading_mark
from zhiheng.plans.particulars import is_body, is_date_line
from zhiheng.plans.sections import Section
from zhiheng.plans.titles import title_span

_CHINESE = re.compile("[一-鿿A-Za-z“]")
_LEADER = re.compile(r"(?:[.…·]{3,}|\t+) *\d{1,3} *$")
_CONTENTS = re.compile(r"^ *目 *[录次] *$")
_YEARS_AND_NAMES = re.compile(r"(?:19|20)\d\d(?:[-~—至到](?:19|20)\d\d)?年|“[^”]*”|《[^》]*》")
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千]+[余多]?[个项家所条座处名件台次]")
_MARKDOWN = re.compile(r"^ *(#{1,6}) +(?=[^ #])")
_NOISE = re.compile(r"\*\*|__|(?<=[一-鿿])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,7}\)")

# A line that is the cell of a table printed one cell a line: a figure, a dash, an attribute.
_CELL = re.compile(
    r" *(?:[<>≥≤〔(\[{]*[\d.,]+(?![.、]) *(?:[%‰*〕)\]}]|左右|以上|以下|以内)*|[-—–/]{1,2}|(?:约束|预期|引导|指导)性(?:指标)?) *"
)

# What may stand right above a label between two groups of such a table: a cell of values, or the last head.
_ENDS_ROW = re.compile(rf"(?:{_CELL.pattern})| *(?:指标)?(?:属性|性质)(?:分类)? *| *20\d\d年?(?:目标|预期)?(?:值)? *")
_AHEAD_OF_GROUP = 7

_SENTENCE_ENDS = '。!?;”"》〕]】) '
_STOPS = re.compile("[。;!?]")
_RUN_IN = re.compile("[^。;]{2,30}。 *[^ ]")
_RESTARTING = (Style.PART, Style.CHAPTER, Style.SECTION, Style.CHINESE, Style.BRACKETED, Style.BOX)
_TITLE = 40
_AHEAD = 200
_ROW = 4


@dataclass(frozen=True, slots=True)
class _Title:
    """A paragraph that is a title: its mark, or the level the paper gives it."""

    text: Text
    mark: Mark | None
    given: int | None


def read_sections(document: Document) -> tuple[Section, ...]:
    """Every title in reading order with the titles above it and the blocks under it, what precedes the first one first."""
    parts = list(_titles_and_blocks(document.blocks))
    order = nesting([(p.mark, p.given) for p in parts if isinstance(p, _Title)])
    sections: list[Section] = []
    heading, chain, body = None, (), []  # type: tuple[Heading | None, tuple[Heading, ...], list[Block]]
    open_titles: list[tuple[int, Heading]] = []
    for part in parts:
        if not isinstance(part, _Title):
            if open_titles and body and _is_signed(body):
                # Behind a signature stands another paper: the plan behind its notice, an enclosure.
                sections.append(Section(heading, chain, tuple(body)))
                heading, chain, body, open_titles = None, (), [], []
            body.append(part)
            continue
        if heading or body:
            sections.append(Section(heading, chain, tuple(body)))
        rank = order.rank(part.mark, part.given)
        open_titles = [(r, h) for r, h in open_titles if r < rank]
        chain = tuple(h for _, h in open_titles)
        heading, rest = _heading(part, order)
        body = [Paragraph(rest)] if rest else []
        open_titles.append((rank, heading))
    sections.append(Section(heading, chain, tuple(body)))
    return tuple(sections)


def _is_signed(body: Sequence[Block]) -> bool:
    """Whether the last two blocks are the name of a body and a day."""
    last = [b.text.folded.strip() for b in body[-2:] if isinstance(b, Paragraph)]
    return len(last) == 2 and is_date_line(last[1]) and is_body(last[0])


def outline(sections: Sequence[Section]) -> tuple[Heading, ...]:
    """The titles alone."""
    return tuple(s.heading for s in sections if s.heading)


def _heading(title: _Title, order: Nesting) -> tuple[Heading, Text | None]:
    """The outline entry of a title and what of its paragraph belongs to the body."""
    text, mark, level = title.text, title.mark, order.level(title.mark, title.given)
    if mark is None:
        m = _MARKDOWN.match(text.folded)
        start = m.end() if m else len(text) - len(text.folded.lstrip())
        return Heading(level, None, _clean(text.string[start:]), text.anchor(start)), None
    end, body = title_span(text.folded, mark.rest)
    string = _clean(text.string[mark.rest : end])
    heading = Heading(level, "".join(text.string[mark.start : mark.end].split()), string, text.anchor(mark.start, end))
    # A title that names a quantity may promise it: it stands in the body as well.
    start = mark.rest if _FIGURE.search(_YEARS_AND_NAMES.sub("", text.folded[mark.rest : end])) else body
    rest = text.slice(start, len(text)).stripped()
    return heading, rest if rest.string else None


def _clean(title: str) -> str:
    """The title without Markdown signs and without the pinyin that some pages print inside words."""
    return _NOISE.sub("", title).strip() if "*" in title or "(" in title or "_" in title else title.strip()


def _titles_and_blocks(blocks: Sequence[Block]) -> Iterator[_Title | Block]:
    """The paper's blocks, titles told from the rest; paragraphs that hold several titles are cut at each."""
    contents = _contents(blocks)
    reader = _Reader(blocks)
    for i, block in enumerate(blocks):
        if i in contents or not isinstance(block, tree.Heading | Paragraph | ListItem):
            yield block
        elif isinstance(block, tree.Heading):
            yield from reader.marked(block)
        else:
            yield from reader.paragraph(i, block)


class _Reader:
    """Walks the paragraphs and remembers what a number may count on from."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._paper = _title_of_the_paper([b for b in blocks if isinstance(b, tree.Heading)])
        self._blocks = blocks
        self._last: dict[Style, int] = {}
        self._listing = Listing()

    def marked(self, block: tree.Heading) -> Iterator[_Title | Block]:
        """A heading of the paper itself."""
        mark = leading_mark(block.text.folded)
        if not block.text.folded.strip() or (block is self._paper and mark is None):
            yield block
            return
        self._count(mark)
        yield _Title(block.text, mark, block.level)

    def paragraph(self, place: int, block: Paragraph | ListItem) -> Iterator[_Title | Block]:
        """A paragraph: a title with its body, several of them, or none."""
        text = block.text
        cuts = [0, *self._cuts(text.folded), len(text)]
        for start, end in pairwise(cuts):
            part = text.slice(start, end) if len(cuts) > 2 else text
            mark = leading_mark(part.folded)
            if mark and self._is_title(mark, part.folded, place):
                self._count(mark)
                yield _Title(part, mark, None)
            elif mark is None and (m := _MARKDOWN.match(part.folded)):
                yield _Title(part, None, len(m[1]))
            else:
                self._listing.text(part.folded)
                yield Paragraph(part) if len(cuts) > 2 else block
            self._listing.passed(part.folded)

    def _count(self, mark: Mark | None) -> None:
        self._listing.title(mark)
        if mark:
            self._last = _counted(self._last, mark)

    def _cuts(self, folded: str) -> list[int]:
        """Where titles inside a paragraph begin: marks that go on with the titles before them, here or earlier."""
        above = leading_mark(folded)
        last = _counted(self._last, above) if above else self._last
        cuts = []
        for mark in inner_marks(folded):
            follows = mark.value == last.get(mark.style, 0) + 1 or (mark.value == 1 and mark.style in _RESTARTING)
            behind_stop = folded[mark.start - 1] in _SENTENCE_ENDS
            run_in = mark.style in _RESTARTING or _RUN_IN.match(folded, mark.rest)
            if (follows and behind_stop and run_in) or (mark.value == 1 and _is_nested(mark, above, folded)):
                cuts.append(mark.start)
                last, above = _counted(last, mark), mark
        return cuts

    def _is_title(self, mark: Mark, folded: str, place: int) -> bool:
        rest = folded[mark.rest :]
        if not _CHINESE.search(rest) or _LEADER.search(folded) or self._heads_cells(folded, place):
            return False
        if mark.doubtful and self._last.get(mark.style, 0) != mark.value - 1 and not self._counts_on(mark, place):
            return False
        return not self._listing.holds(mark, rest, lambda: self._comes_again(mark, place))

    def _heads_cells(self, folded: str, place: int) -> bool:
        """Whether the line names a row, or a group of rows, of a table printed one cell a line."""
        if len(folded) > _TITLE:
            return False
        lines = [_line(b) for b in self._blocks[place + 1 : place + _ROW]]
        if lines and leading_mark(lines[0]) and not _CELL.fullmatch(lines[0]):
            lines = lines[1:]  # the group's first row
        if len(lines) > 1 and all(_CELL.fullmatch(line) for line in lines[:2]):
            return True
        above = _line(self._blocks[place - 1]) if place else ""
        following = [_line(b) for b in self._blocks[place + 1 : place + _AHEAD_OF_GROUP]]
        short = all(line and len(line) <= _TITLE and not _STOPS.search(line) for line in following)
        return bool(_ENDS_ROW.fullmatch(above)) and short and sum(bool(_CELL.fullmatch(x)) for x in following) >= 2

    def _comes_again(self, mark: Mark, place: int) -> bool:
        """Whether the same number begins a later paragraph, before one of an outer title."""
        return any((m.style, m.value) == (mark.style, mark.value) for m in self._following(mark, place))

    def _counts_on(self, mark: Mark, place: int) -> bool:
        """Whether the next number of this kind is one more."""
        return next((m.value for m in self._following(mark, place) if m.style is mark.style), None) == mark.value + 1

    def _following(self, mark: Mark, place: int) -> Iterator[Mark]:
        for block in self._blocks[place + 1 : place + _AHEAD]:
            following = leading_mark(block.text.folded) if isinstance(block, tree.Heading | Paragraph | ListItem) else None
            if following and following.style < mark.style:
                return
            if following:
                yield following


def _counted(last: Mapping[Style, int], mark: Mark) -> dict[Style, int]:
    """The numbers titles had last, after one more: those inside it start anew, boxes count on."""
    return {s: v for s, v in last.items() if s < mark.style or s is Style.BOX} | {mark.style: mark.value}


def _title_of_the_paper(headings: Sequence[tree.Heading]) -> tree.Heading | None:
    """The heading that names the paper and no chapter: alone at the top, or the only one of its level without a number."""
    if not headings:
        return None
    first, level = headings[0], min(h.level for h in headings)
    others = [h for h in headings[1:] if h.level == first.level]
    if first.level > level or leading_mark(first.text.folded):
        return None
    return first if all(leading_mark(h.text.folded) for h in others) else None


def _contents(blocks: Sequence[Block]) -> range:
    """The places of a table of contents: from 目录 to where its first entry comes again, as a title."""
    for start, block in enumerate(blocks[:200]):
        if len(line := _line(block)) <= 4 and _CONTENTS.match(line) and start + 1 < len(blocks):
            first = _entry(_line(blocks[start + 1]))
            again = (i for i in range(start + 2, len(blocks)) if first and _entry(_line(blocks[i])).startswith(first))
            return range(start, next(again, start))
    return range(0)


def _line(block: Block) -> str:
    return block.text.folded.strip() if isinstance(block, tree.Heading | Paragraph | ListItem) else ""


def _entry(text: str) -> str:
    return re.sub(r"[ .…·\t]*\d*$", "", text).replace(" ", "")


def _is_nested(mark: Mark, above: Mark | None, folded: str) -> bool:
    """Whether the first number of a level stands right behind the title above it, with no full stop between."""
    if above is None or mark.style <= above.style or mark.start - above.rest > _TITLE:
        return False
    return not _STOPS.search(folded, above.rest, mark.start)
