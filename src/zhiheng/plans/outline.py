"""Which titles does a paper have, and what stands under each?

A title is a paragraph that begins with a number of the genre (一、 (一) 1. (1) 专栏1 第一章), or one the paper itself marks
(style, tag, Markdown sign). Numbers in notes, lists of enclosures, contents and lists within a sentence are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhiheng.documents import tree
from zhiheng.documents.tree import Block, Document, ListItem, Paragraph, Text
from zhiheng.plans.model import Heading
from zhiheng.plans.nesting import Nesting, nesting
from zhiheng.plans.numbering import Mark, Style, inner_marks, leading_mark
from zhiheng.plans.sections import Section
from zhiheng.plans.titles import title_span

_CHINESE = re.compile("[一-鿿A-Za-z“]")
_LISTING = re.compile(r"^ *(?:注|附注|备注|说明|附件)(?: *:| *(?=\d{1,2}[.、])| *$)")
_LISTED = re.compile(r"(?<![\d.])(\d{1,2}) ?[.、)](?!\d)")
_LEADER = re.compile(r"(?:[.…·]{3,}|\t+) *\d{1,3} *$")
_CONTENTS = re.compile(r"^ *目 *[录次] *$")
_YEARS_AND_NAMES = re.compile(r"\d{4}(?:[-~—至到]\d{4})?年?|“[^”]*”|《[^》]*》")
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千]+[余多]?[个项家所条座处名件台次]")
_MARKDOWN = re.compile(r"^ *(#{1,6}) +(?=[^ #])")
_NOISE = re.compile(r"\*\*|__|(?<=[一-鿿])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,7}\)")

_SENTENCE_ENDS = '。!?;”"》〕]】) '
_STOPS = re.compile("[。;!?]")
_RESTARTING = (Style.PART, Style.CHAPTER, Style.SECTION, Style.CHINESE, Style.BRACKETED, Style.BOX)
_TITLE = 40


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
            yield from reader.paragraph(block)


class _Reader:
    """Walks the paragraphs and remembers what a number may count on from."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        levels = [b.level for b in blocks if isinstance(b, tree.Heading)]
        # One heading above all others, before them: the title of the paper, not of a chapter.
        alone = len(levels) > 1 and levels.count(levels[0]) == 1 and levels[0] == min(levels)
        self._paper = next((b for b in blocks if isinstance(b, tree.Heading)), None) if alone or len(levels) == 1 else None
        self._last: dict[Style, int] = {}
        self._listing: int | None = None
        self._list: tuple[Style, int] | None = None
        self._lead = ""

    def marked(self, block: tree.Heading) -> Iterator[_Title | Block]:
        """A heading of the paper itself."""
        mark = leading_mark(block.text.folded)
        if not block.text.folded.strip() or (block is self._paper and mark is None):
            yield block
            return
        self._count(mark)
        yield _Title(block.text, mark, block.level)

    def paragraph(self, block: Paragraph | ListItem) -> Iterator[_Title | Block]:
        """A paragraph: a title with its body, several of them, or none."""
        text = block.text
        cuts = [0, *self._cuts(text.folded), len(text)]
        for start, end in pairwise(cuts):
            part = text.slice(start, end) if len(cuts) > 2 else text
            mark = leading_mark(part.folded)
            if mark and self._is_title(mark, part.folded):
                self._count(mark)
                yield _Title(part, mark, None)
            elif mark is None and (m := _MARKDOWN.match(part.folded)):
                yield _Title(part, None, len(m[1]))
            else:
                self._open_listing(part.folded)
                yield Paragraph(part) if len(cuts) > 2 else block
            self._lead = part.folded.rstrip()[-1:]

    def _count(self, mark: Mark | None) -> None:
        self._listing = self._list = None
        if mark:
            self._last[mark.style] = mark.value
            for style in Style:
                if style > mark.style and style is not Style.BOX and self._last.get(style):
                    self._last[style] = 0

    def _cuts(self, folded: str) -> list[int]:
        """Where titles inside a paragraph begin: marks that go on with the titles before them, here or earlier."""
        first = leading_mark(folded)
        last = dict(self._last)
        cuts, open_title = [], first
        if first:
            last[first.style] = first.value
        for mark in inner_marks(folded):
            sentence = folded[mark.start - 1] in _SENTENCE_ENDS
            follows = mark.value == last.get(mark.style, 0) + 1 or (mark.value == 1 and mark.style in _RESTARTING)
            if (follows and sentence) or (mark.value == 1 and _is_nested(mark, open_title, folded)):
                cuts.append(mark.start)
                last = {s: v for s, v in last.items() if s <= mark.style or s is Style.BOX} | {mark.style: mark.value}
                open_title = mark
        return cuts

    def _is_title(self, mark: Mark, folded: str) -> bool:
        rest = folded[mark.rest :]
        if not _CHINESE.search(rest) or _LEADER.search(folded):
            return False
        if mark.style in (Style.ARABIC, Style.BRACKETED_ARABIC):
            return not (self._in_listing(mark) or self._in_list(mark, rest))
        return True

    def _open_listing(self, folded: str) -> None:
        """Notes and lists of enclosures may number their items over several paragraphs."""
        if opening := _LISTING.match(folded):
            numbers = _LISTED.findall(folded, opening.end())
            bare = not folded[opening.end() :].strip()
            self._listing = int(numbers[-1]) if numbers else 0 if bare else None

    def _in_listing(self, mark: Mark) -> bool:
        """Whether the number goes on with those of a note or of the enclosures."""
        if self._listing is None or mark.value != self._listing + 1:
            return False
        self._listing += 1
        return True

    def _in_list(self, mark: Mark, rest: str) -> bool:
        """Whether the number belongs to a list within a sentence: announced by a colon, its items parted by semicolons."""
        begins = mark.value == 1 and self._lead == ":" and rest.rstrip().endswith(";")
        goes_on = self._list == (mark.style, mark.value - 1)
        self._list = (mark.style, mark.value) if begins or goes_on else None
        return begins or goes_on


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
