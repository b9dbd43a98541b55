"""Which word may stand for a code so that an import reads it as that code again, whatever the day?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from zhiheng.evidence.registers.codes import CodeList, plain


def sure_words(codes: CodeList) -> Mapping[str, str]:
    """Code → its name where the name never meant another code nor the code ever had another name, else the code itself."""
    entries = Counter(code.code for code in codes.codes)
    return {
        code.code: code.name if entries[code.code] == 1 and _means(codes, code.name) == {code.code} else code.code
        for code in codes.codes
    }


def _means(codes: CodeList, word: str) -> set[str]:
    return {code.code for code in codes.words.get(plain(word), ())}
