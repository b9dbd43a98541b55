"""How does the plan of the model county stand as a web page?"""

from __future__ import annotations

import html
import re

from source import BLOCKS, FICTION, TITLE, Block, Grid, Head, Line

MARKS = re.compile(r"(?<!^)([①②¹])")
SUPERSCRIPT = {"¹": "1"}

PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font-family: FangSong, 仿宋, serif; line-height: 1.8; margin: 0 auto; max-width: 52em; }}
table {{ border-collapse: collapse; margin: 1em 0; width: 100%; }}
td, th {{ border: 1px solid #444; padding: .2em .5em; text-align: center; }}
nav, footer {{ color: #666; font-size: .9em; }}
</style>
<script>var visits = 1024;</script>
</head>
<body>
<nav>首页 &gt; 政务公开 &gt; 规划计划</nav>
<main>
{body}
</main>
<footer>主办：青岭县人民政府办公室（虚构示例） 浏览次数：1024</footer>
</body>
</html>
"""


def web_page() -> str:
    """The page, furniture of a government site around the plan."""
    return PAGE.format(title=html.escape(TITLE), body="\n".join(_block(b) for b in BLOCKS))


def _block(block: Block) -> str:
    match block:
        case Grid():
            return _table(block)
        case Head(level=level, body="") if level < 4:
            return f"<h{level + 1}>{_inline(block.printed)}</h{level + 1}>"
        case Head():
            return f"<p>{_inline(block.printed)}</p>"
        case Line(kind="title"):
            return f"<h1>{_inline(block.text)}</h1>"
        case Line(kind="fiction"):
            return f"<p><em>{_inline(FICTION)}</em></p>"
        case Line():
            return f"<p>{_inline(block.text)}</p>"


def _inline(text: str) -> str:
    return MARKS.sub(lambda m: f"<sup>{SUPERSCRIPT.get(m[1], m[1])}</sup>", html.escape(text, quote=False))


def _table(grid: Grid) -> str:
    rows = []
    for r, row in enumerate(grid.rows):
        cells = []
        for c, cell in enumerate(row):
            if c == 0 and not cell:
                continue
            below = next((k for k in range(r + 1, len(grid.rows)) if grid.rows[k][0]), len(grid.rows))
            span = f' rowspan="{below - r}"' if c == 0 and below - r > 1 else ""
            tag = "td" if r else "th"
            cells.append(f"<{tag}{span}>{'<br>'.join(_inline(entry) for entry in cell.split(chr(10)))}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"
