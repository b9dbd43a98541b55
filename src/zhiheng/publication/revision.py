"""What do papers say of the differences of two plans? One row a change, in Chinese words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhiheng.base.quantity import Basis
from zhiheng.plans.differences.change import Aspect, Change, Detail, Differences, Nature, Subject
from zhiheng.plans.labels import label
from zhiheng.plans.model import CommitmentClass, CommitmentKind, Modality, Plan, TargetKind
from zhiheng.publication.marking import Fate, Piece, marked
from zhiheng.publication.quoting import place_words
from zhiheng.rules.messages import sentence

# Dark enough to be read on white and on their tints, apart from each other also in brightness.
NATURE_COLOURS = {
    Nature.ADDED: "17703F",
    Nature.DROPPED: "B3261E",
    Nature.TIGHTENED: "1F4E9E",
    Nature.LOOSENED: "985000",
    Nature.ALTERED: "6B3FA0",
    Nature.REWORDED: "4A5563",
    Nature.MOVED: "00697A",
}
NATURE_TINTS = {
    Nature.ADDED: "E3F4EA",
    Nature.DROPPED: "FBE4E2",
    Nature.TIGHTENED: "E4EEF9",
    Nature.LOOSENED: "FCEFDC",
    Nature.ALTERED: "EEE8F7",
    Nature.REWORDED: "EEF0F3",
    Nature.MOVED: "DFF3F5",
}
_WORDS_OF: Mapping[Aspect, tuple[type[StrEnum], ...]] = {
    Aspect.MODALITY: (Modality,),
    Aspect.BASIS: (Basis,),
    Aspect.KIND: (TargetKind, CommitmentKind),
    Aspect.BINDING: (CommitmentClass,),
}
_ROLES = ("responsible", "lead", "supporting")


@dataclass(frozen=True, slots=True)
class Row:
    """One change as papers show it: `before` and `after` are its words with the marks, empty where it did not exist."""

    subject: Subject
    natures: tuple[Nature, ...]
    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    said: tuple[str, ...]
    place_before: str
    place_after: str


def subject_word(subject: Subject, language: str = "zh") -> str:
    """What a change is of."""
    return sentence(f"publication.subject_{subject.value}", {}, language)


def nature_word(nature: Nature, language: str = "zh") -> str:
    """How something changed."""
    return sentence(f"publication.nature_{nature.value}", {}, language)


def detail_words(detail: Detail, language: str = "zh") -> str:
    """One aspect: 期限：2027 → 2026; what did not stand there is said with a word."""
    aspect = sentence(f"publication.aspect_{detail.aspect.value}", {}, language)
    if detail.aspect is Aspect.WORDING:
        return aspect
    if detail.aspect is Aspect.PART_OF:
        return f"{aspect}{detail.before or detail.after}" if language == "zh" else f"{aspect} {detail.before or detail.after}"
    absent = sentence("publication.not_stated", {}, language)
    before, after = (_value(detail.aspect, said, language) or absent for said in (detail.before, detail.after))
    return f"{aspect}：{before} → {after}" if language == "zh" else f"{aspect}: {before} → {after}"


def _value(aspect: Aspect, said: str, language: str) -> str:
    if said in _ROLES and aspect is Aspect.ROLE:
        return sentence(f"publication.role_{said}", {}, language)
    if aspect is Aspect.KIND and said in set(Subject):
        return subject_word(Subject(said), language)
    word = next((of(said) for of in _WORDS_OF.get(aspect, ()) if said in set(of)), None)
    return said if word is None or language != "zh" else label(word)


def title_of(plan: Plan) -> str:
    """What a version is called: its title, else its file."""
    return plan.meta.title or plan.name


def name_words(change: Change) -> str:
    """What the changed thing is called, then and now; of a department also the task that it answers for."""
    sides = [side for side in (change.before, change.after) if side]
    name = " → ".join(dict.fromkeys(side.name for side in sides))
    return f"{name}（{sides[-1].text}）" if change.subject is Subject.UNIT else name


def rows_of(found: Differences) -> Iterator[Row]:
    """All changes in order."""
    for change in found.changes:
        yield _row(change)


def _row(change: Change) -> Row:
    texts = [side.text if side else "" for side in (change.before, change.after)]
    pieces = marked(*texts)
    if change.before is None or change.after is None or change.subject is Subject.UNIT:
        before, after = map(_plain, texts)
    else:
        before = tuple(p for p in pieces if p.fate is not Fate.COME)
        after = tuple(p for p in pieces if p.fate is not Fate.GONE)
    said = tuple(detail_words(d) for d in change.details)
    places = [place_words(side.anchor, ()) if side else "" for side in (change.before, change.after)]
    return Row(change.subject, change.natures, name_words(change), before, after, said, *places)


def _plain(text: str) -> tuple[Piece, ...]:
    return (Piece(Fate.KEPT, text),) if text else ()


def summary(found: Differences, language: str = "zh") -> list[str]:
    """A sentence for every subject: how many of each nature, how many are as they were."""
    said = []
    for subject in Subject:
        counts = found.counts(subject)
        unchanged = found.unchanged.get(subject, 0)
        if not counts and not unchanged:
            continue
        parts = [f"{nature_word(n, language)} {count}" for n, count in counts.items()]
        parts.append(f"{sentence('publication.unchanged', {}, language)} {unchanged}")
        joint, mark = ("、", "：") if language == "zh" else (", ", ": ")
        said.append(f"{subject_word(subject, language)}{mark}{joint.join(parts)}")
    said += remarks(found, language)
    return said


def remarks(found: Differences, language: str = "zh") -> list[str]:
    """What is said of the two plans as a whole."""
    said = []
    terms = [(p.meta.period_start, p.meta.period_end) for p in (found.old, found.new)]
    if not found.successor and terms[0] != terms[1] and all(all(term) for term in terms):
        before, after = ("—".join(map(str, term)) for term in terms)
        said.append(sentence("publication.period_changed", {"before": before, "after": after}, language))
    if found.successor:
        said.append(sentence("publication.successor", {}, language))
    return said
