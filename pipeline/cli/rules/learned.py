"""What review teaches as text: YAML in the form of rule files, each suggestion with its source as a comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.cli.console import shown_path
from pipeline.cli.messages import Words
from pipeline.cli.rules.written import Layout, columns, entry_of, layout_of
from pipeline.decisions import EDITABLE, Action, Cells, Entry
from pipeline.evaluation.lesson import Lesson
from pipeline.evaluation.lessons import Lessons
from pipeline.evaluation.verdicts import Verdict, plain_line
from pipeline.rulebook import Rule
from pipeline.rulebook.rules import KINDS

_PLACES = 5  # of one form, and other rules, that are named
_REASONS = ("unclaimed", "unknown", "built_in")


def text_of(lessons: Lessons, folder: str, words: Words) -> str:
    """Return all that `lessons` suggest as a stream of YAML documents, one a rule file, the rest as comments."""
    lines = [f"# {line}" for line in summary_of(lessons, folder, words)]
    for path, group in groupby(lessons.placed, key=lambda lesson: lesson.rule.path if lesson.rule else Path()):
        lines += ["", "---", *_file(path, list(group), words)]
    rest = [*_unplaced(lessons.unplaced, words), *_disputed(lessons.disputed, words)]
    return "\n".join([*lines, *(["", "---", *rest] if rest else [])]) + "\n"


def summary_of(lessons: Lessons, folder: str, words: Words) -> Iterator[str]:
    """Yield lines that say how much there is, and what was left out."""
    total, told = len(lessons.all), plain_line(folder)
    figures = {"failing": lessons.failing, "passing": total - lessons.failing, "verdicts": lessons.verdicts}
    yield words("rules.learn.head", lessons=total, folder=told, **figures)
    if lessons.placed:
        yield words("rules.learn.paste")
    yield from remarks_of(lessons, words)


def remarks_of(lessons: Lessons, words: Words) -> Iterator[str]:
    """Yield a line for each sort of decision that gives no suggestion."""
    counts = {"optional": lessons.optional, "disputed": len(lessons.disputed), "changed": lessons.changed}
    counts |= {"gone": lessons.gone, "others": lessons.others}
    yield from (words(f"rules.learn.{key}", count=count) for key, count in counts.items() if count)


def _file(path: Path, lessons: Sequence[Lesson], words: Words) -> Iterator[str]:
    first = lessons[0].rule_id.partition("/")[0]
    yield f"# {words('rules.learn.file', file=plain_line(shown_path(path)), pack=first)}"
    yield "rules:"
    for _, group in groupby(lessons, key=lambda lesson: lesson.rule_id):
        of_rule = list(group)
        if of_rule[0].rule is not None:
            yield from _rule(of_rule[0].rule, of_rule, words)


def _rule(rule: Rule, lessons: Sequence[Lesson], words: Words) -> Iterator[str]:
    layout = layout_of(rule)
    title = words("rules.learn.line", line=rule.line, title=plain_line(rule.title))
    yield f"{' ' * max(layout.keys - 2, 0)}- id: {rule.id.partition('/')[2]}  # {title}"
    for key, is_reject in (("examples", False), ("rejects", True)):
        mine = [lesson for lesson in lessons if lesson.is_reject is is_reject]
        if mine:
            yield from _list(key, rule, mine, layout, words)


def _list(key: str, rule: Rule, lessons: Sequence[Lesson], layout: Layout, words: Words) -> Iterator[str]:
    """Yield the suggestions for one list of a rule; one in brackets is to be replaced, so with what it has."""
    indent = " " * layout.entries
    usable = [lesson for lesson in lessons if not lesson.trouble]
    yield f"{' ' * layout.keys}{key}:" if usable else f"{' ' * layout.keys}# {key}:"
    if usable and key in layout.bracketed:
        yield f"{indent}# {words('rules.learn.replace', list=key)}"
        for example in rule.rejects if key == "rejects" else rule.examples:
            yield f"{indent}{entry_of(example, key == 'rejects')}"
        yield f"{indent}# {words('rules.learn.new')}"
    for lesson in lessons:
        yield from (f"{indent}# {line}" for line in _remarks(lesson, words))
        mark = "# " if lesson.trouble else ""
        yield f"{indent}{mark}{entry_of(lesson.example, lesson.is_reject)}"


def _remarks(lesson: Lesson, words: Words) -> Iterator[str]:
    """Yield how a lesson fares today, what a person has to know to use it, and where it comes from."""
    told = [words("rules.learn.passes" if lesson.passes else "rules.learn.fails")]
    if not lesson.passes and lesson.rule is not None:
        told.append(_found(lesson, words))
    if len(lesson.verdicts) > 1:
        told.append(words("rules.learn.times", count=len(lesson.verdicts)))
    yield " · ".join(told)
    if lesson.rule is not None and lesson.trouble:
        yield words(f"rules.learn.trouble.{lesson.trouble}", pack=lesson.verdicts[0].pack)
    if lesson.untold:
        yield words("rules.learn.untold", columns=", ".join(lesson.untold))
    if lesson.against:
        yield words("rules.learn.against", count=lesson.against)
    if lesson.near:
        yield words("rules.learn.near", rules=", ".join(lesson.near[:_PLACES]))
    yield from (_source(verdict, words) for verdict in lesson.verdicts[:_PLACES])
    if len(lesson.verdicts) > _PLACES:
        yield words("rules.learn.more", count=len(lesson.verdicts) - _PLACES)


def _found(lesson: Lesson, words: Words) -> str:
    if not lesson.found:
        return words("rules.learn.finds_nothing")
    said = [f"«{one['text']}»" if lesson.is_reject else columns(one) for one in lesson.found]
    return words("rules.learn.finds", found=plain_line(" | ".join(dict.fromkeys(said))))


def _source(verdict: Verdict, words: Words) -> str:
    """Return who said it, of which place, when and why."""
    state = words(f"rules.learn.{verdict.state.value}_by")
    state = " ".join(filter(None, (state, _said(verdict, verdict.said))))
    told = [state, _place(verdict, words), verdict.reviewer, verdict.at[:10], verdict.note]
    return plain_line(" · ".join(filter(None, told)))


def _said(verdict: Verdict, said: Cells) -> str:
    """Return the columns that a correction says, without those that follow from them."""
    return columns({name: said[name] for name in EDITABLE.get(verdict.row.get("kind", ""), ()) if name in said})


def _place(verdict: Verdict, words: Words) -> str:
    row = verdict.row
    told = [row["file"]]
    if row.get("page"):
        told.append(words("rules.learn.page", page=row["page"]))
    if row.get("start"):
        told.append(words("rules.learn.span", start=row["start"], end=row.get("end", "")))
    if row.get("column"):
        told.append(words("rules.learn.cell", row=row.get("object", ""), column=row["column"]))
    return ", ".join(told)


def _unplaced(lessons: Sequence[Lesson], words: Words) -> Iterator[str]:
    """Yield, all as comments, what no rule can be given: by reason and kind."""
    ranked = sorted(lessons, key=lambda one: (_REASONS.index(one.trouble), KINDS.index(one.kind), one.is_reject))
    for (trouble, kind), group in groupby(ranked, key=lambda lesson: (lesson.trouble, lesson.kind)):
        yield f"# {words(f'rules.learn.unplaced.{trouble}')} · {words(f'label.{kind}')}:"
        for lesson in group:
            which = words("rules.learn.rejects" if lesson.is_reject else "rules.learn.examples")
            name = f" · {lesson.rule_id}" if lesson.rule_id else ""
            yield f"#   # {which}{name}"
            yield from (f"#   # {line}" for line in _remarks(lesson, words))
            yield f"#   {entry_of(lesson.example, lesson.is_reject)}"


def _disputed(verdicts: Sequence[Verdict], words: Words) -> Iterator[str]:
    """Yield, all as comments, what reviewers differ on, and what each says."""
    if verdicts:
        yield f"# {words('rules.learn.disputed', count=len(verdicts))}"
    for verdict in verdicts:
        text, rule = verdict.row.get("text", ""), verdict.row["rule"]
        yield "#   " + plain_line(" · ".join(filter(None, (f"«{text}»", _place(verdict, words), rule))))
        yield from (f"#     {said}" for entry in verdict.entries if (said := _opinion(verdict, entry, words)))


def _opinion(verdict: Verdict, entry: Entry, words: Words) -> str:
    decision = entry.decision
    if decision is None:
        return ""
    state = words(f"rules.learn.{decision.action.value}_by")
    said = _said(verdict, decision.said) if decision.action is Action.CORRECT else ""
    return plain_line(" · ".join(filter(None, (f"{entry.reviewer}: {state}", said, entry.at[:10], decision.note))))
