"""Notices that a person is given: isolation at a site, monitoring at home, and the release."""

from collections.abc import Iterator

from dutyboard.rules.duties.person.papers import last_release
from dutyboard.rules.law.explain import sentences
from dutyboard.rules.law.result import Result
from dutyboard.rules.people.cadres import cadres_of, phone_told_of
from dutyboard.rules.people.course import Course, course_of, fresh_course
from dutyboard.rules.people.rulings import going_on
from dutyboard.rules.people.stage import at_home
from dutyboard.rules.records.codes import Stage
from dutyboard.tui.export.person.paper_case import PaperCase, PaperFields, PaperRows, bearer, phone_of_cadre
from dutyboard.tui.views.fact_text import room_text
from dutyboard.tui.views.people import bound_text, place_text
from dutyboard.tui.views.person.course import refer_reason, result_name
from dutyboard.tui.views.times import clause


def isolation(case: PaperCase) -> PaperFields:
    """Return the notice of isolation: by which clause, where, from when until when, with which tests."""
    course = course_of(case.person, case.snapshot, case.now)
    stage, site = course.plan.stage("site"), case.snapshot.sites.get(case.person.site_id or 0)
    return {
        **bearer(case),
        **basis(case, course),
        **plan_rows(case, course),
        "place": case.told(bound_text(case.person, case.snapshot, case.words) or _room(case)),
        "site_phone": case.told(site.phone if site is not None else ""),
        "first": case.day(stage.first if stage is not None else None),
        "last": case.day(stage.last if stage is not None else None),
    }


def home(case: PaperCase) -> PaperFields:
    """Return the notice of monitoring at home: its days, both cadres with their phones, the rules that he keeps."""
    course = course_of(case.person, case.snapshot, case.now)
    stage, section = course.plan.stage("home"), course.result.notice.section_three
    of_home = clause(case.words.duties, section.home_clause)
    own = (each for each in _rules(case, going_on(case.person, course.result)) if each["clause"] != of_home)
    return {
        **bearer(case),
        **basis(case, course),
        "rules": tuple(own),
        **plan_rows(case, course),
        **_cadres(case, *cadres_of(case.person)),
        "place": case.told(case.person.address),
        "first": case.day(stage.first if stage is not None else None),
        "last": case.day(stage.last if stage is not None else None),
        "home_clause": of_home,
        "home_rule": section.home_sentence.said_in(case.words.language),
    }


def release(case: PaperCase) -> PaperFields:
    """Return the notice of the release that led to where he is now.

    Clause and samples are those of the day of the release, whatever came after it. Raises LookupError where none did.
    """
    found = last_release(case.snapshot, case.person)
    if found is None:
        raise LookupError(case.person.id)
    entry, told = found
    said, course = case.words.papers, fresh_course(case.person, case.snapshot, entry.happened_at)
    released_on = case.snapshot.day_of(entry.happened_at)
    before = {name: value for each in entry.before if each.table == "persons" for name, value in each.values.items()}
    ended = course.plan.stage("home" if told.from_ == "home" else "site")
    room = room_text(before.get("site_id"), before.get("room"), case.snapshot, case.words)
    stages: dict[Stage, str] = dict(case.words.course.stages)
    leader = case.snapshot.officers.get(told.leader_id)
    words = {
        "leader": leader.name if leader is not None else case.blank,
        "from_stage": stages[told.from_],
        "to_stage": stages[told.to],
    }
    against = ""
    if told.overridden:
        blockers = case.words.marks.comma.join(case.words.assess.blockers[each] for each in told.overridden)
        against = said.against.format(blockers=blockers, reason=case.told(entry.text))
    return {
        **bearer(case),
        **basis(case, course),
        **_cadres(case, told.town_cadre, told.home_cadre, needed=told.to == "home"),
        **words,
        "place": case.told(case.person.address if told.from_ == "home" else room),
        "first": case.day(ended.first if ended is not None else None),
        "last": case.day(released_on),
        "let_go": said.let_go.format(
            leader=words["leader"],
            at=case.moment(entry.happened_at),
            stage=words["from_stage"],
            to=words["to_stage"],
        ),
        "against": against,
        "tests": tuple(
            row
            for row, each in zip(test_rows(case), case.person.facts.tests, strict=True)
            if each.sampled_on is None or each.sampled_on <= released_on
        ),
    }


def basis(case: PaperCase, course: Course) -> dict[str, str | PaperRows]:
    """Return the clause that holds him with the sentences of the notice, and what an office was asked about him."""
    result, asked = going_on(case.person, course.result), course.result
    question = case.words.course.refer.format(reason=refer_reason(asked.reasons, case.words))
    return {
        "clause": result_name(result, case.words),
        "rules": tuple(_rules(case, result)),
        "asked": question if asked.decision == "refer" else "",
    }


def _rules(case: PaperCase, result: Result) -> Iterator[dict[str, str]]:
    for each in sentences(result):
        yield {"clause": clause(case.words.duties, each.clause), "text": each.text.said_in(case.words.language)}


def plan_rows(case: PaperCase, course: Course) -> dict[str, str | PaperRows]:
    """Return the stages of a plan and the samples that it demands.

    A day that the notice does not name says that it is proposed.
    """
    words = case.words
    stages = tuple(
        {"what": words.page.stages[each.kind], "first": case.day(each.first), "last": case.day(each.last)}
        for each in course.plan.stages
        if each.kind != "done"
    )
    due = tuple(
        {
            "what": words.course.test_types[each.type],
            "day": case.day(each.day) + (words.papers.proposed if each.proposed else ""),
            "stage": words.page.stages.get(each.stage, words.page.stages["waiting"]),
        }
        for each in course.plan.tests
        if each.demanded
    )
    return {"stages": stages, "due_tests": due}


def test_rows(case: PaperCase) -> PaperRows:
    """Return the samples of a person with their results."""
    said = case.words.course
    return tuple(
        {
            "what": said.test_types[each.type],
            "day": case.day(each.sampled_on),
            "result": said.results[each.result or "pending"],
        }
        for each in case.person.facts.tests
    )


def _cadres(case: PaperCase, town: str | None, village: str | None, *, needed: bool = True) -> dict[str, str]:
    """Return both cadres with their phones; nothing where none is needed."""
    if not needed:
        return dict.fromkeys(("town_cadre", "town_phone", "home_cadre", "home_phone"), "")
    return {
        "town_cadre": case.told(town),
        "town_phone": phone_of_cadre(case, town),
        "home_cadre": case.told(village),
        "home_phone": phone_of_cadre(case, village, phone_told_of(village, case.person, case.snapshot)),
    }


def _room(case: PaperCase) -> str:
    return "" if at_home(case.person) else place_text(case.person, case.snapshot, case.words)
