"""English sentences of `PaperWords`."""

from typing import Final

from dutyboard.tui.text.pages.papers import PaperTable, PaperWords

_WHO: Final = (
    "No.: {number}  {copy}",
    "Name: {name}  Sex: {sex}  ID: {id_no}  Phone: {phone}",
    "Address: {address}  Town: {unit}",
)
_CARED: Final = (
    "Emergency contact: {emergency_name}  {emergency_phone}",
    "Employer: {workplace}",
    "Illness: {illness}  Medicine: {medicine}  Special need: {special_need}",
)
_STAGES: Final = PaperTable("Arrangement", "stages", {"what": "Matter", "first": "From", "last": "To"})
_TESTS: Final = PaperTable("Tests", "tests", {"what": "Test", "day": "Sampled", "result": "Result"})
_DUE: Final = PaperTable("Tests to be taken", "due_tests", {"what": "Test", "day": "Day", "stage": "Stage"})
_RULES: Final = PaperTable("Text of the notice", "rules", {"clause": "Clause", "text": "Text"})

WORDS = PaperWords(
    titles={
        "notice-isolation": "Notice of isolation at a site",
        "notice-release": "Notice of release",
        "notice-home": "Notice of home monitoring",
        "transfer": "Transfer sheet",
        "record": "Record of a person",
    },
    short={
        "notice-isolation": " isolation",
        "notice-release": " release",
        "notice-home": " home",
        "transfer": " transfer",
        "record": " record",
    },
    number="{desk}{short} [{year}] No. {serial}",
    copy="printed for the {n}. time",
    preview="preview, no number",
    none={
        "notice-isolation": "No notice of isolation for {name}: not assessed, not for a site, at home, or let go.",
        "notice-release": "No notice of release for {name}: no release has led to where he is now.",
        "notice-home": "No notice of home monitoring for {name}: not assessed, no days at home, or let go.",
        "transfer": "No transfer sheet for {name}: no ride is owed, under way or done.",
        "record": "No record of {name}.",
    },
    blank="________",
    day="{day:%Y-%m-%d}",
    moment="{at:%Y-%m-%d %H:%M}",
    degrees="{temp:.1f} C ({at:%m-%d %H:%M})",
    temp="{temp:.1f} C",
    test_on="{day} {result}",
    let_go="Approved by the leader on duty {leader}: from {stage} to {to} since {at}.",
    against="Not all was fulfilled ({blockers}); the leader on duty decided, because: {reason}",
    entry="entry {id}",
    amended="(corrected by entry {id})",
    stays="{begins} to {ends}",
    proposed=" (proposed)",
    lines={
        "notice-isolation": (
            *_WHO,
            *_CARED,
            "By: {clause}",
            "{asked}",
            "Place: {place}  Phone of the site: {site_phone}",
            "From {first} to {last}",
            "Officer: {officer}",
        ),
        "notice-release": (
            *_WHO,
            "By: {clause}",
            "Place: {place}  From {first} to {last}",
            "{let_go}",
            "{against}",
            "Town's cadre: {town_cadre} {town_phone}  Village's cadre: {home_cadre} {home_phone}",
        ),
        "notice-home": (
            *_WHO,
            *_CARED,
            "By: {clause}",
            "{asked}",
            "Place: {place}",
            "From {first} to {last}",
            "Town's cadre: {town_cadre}  Phone: {town_phone}",
            "Village's cadre: {home_cadre}  Phone: {home_phone}",
            "Rules at home ({home_clause}): {home_rule}",
        ),
        "transfer": (
            *_WHO,
            *_CARED,
            "From: {from_place}",
            "To: {to_place}",
            "Class: {clause}  Stage: {stage}  Day of isolation: {isolation_day}",
            "Last PCR: {last_pcr}  Last temperature: {last_temp}  Temperature at hand-over: {temp_now}",
            "Vehicle: {vehicle}  Driver: {driver} {driver_phone}  Escort: {escort} {escort_phone}",
            "Left: {left_at}  Arrived: {arrived_at}",
            "Handed over by: {handed_by}  Received by: {received_by}",
            "Command post of the destination told when, by whom: {told_headquarters}",
        ),
        "record": (
            *_WHO,
            *_CARED,
            "Nation: {nation}  Origin: {origin}  Travel: {travel}  Came by: {vehicle_in} {seat_no}  With: {companions}",
            "Found by: {found_by}  Registered: {registered_at}  Officer: {officer}",
            "Now: {stage} {place}  By: {clause}",
            "Town's cadre: {town_cadre}  Village's cadre: {home_cadre}",
            "Note: {note}",
        ),
    },
    tables={
        "notice-isolation": (_STAGES, _DUE, _RULES),
        "notice-release": (_TESTS, _RULES),
        "notice-home": (_STAGES, _DUE, _RULES),
        "transfer": (_TESTS,),
        "record": (
            PaperTable("Facts", "facts", {"what": "Fact", "value": "Value", "entry": "Told in"}),
            PaperTable("Earlier stays", "stays", {"days": "Days", "clause": "Clause", "how": "How"}),
            _STAGES,
            PaperTable("Places", "rooms", {"entry": "Entry", "at": "At", "what": "What"}),
            _TESTS,
            PaperTable(
                "Temperatures and symptoms",
                "readings",
                {"entry": "Entry", "at": "At", "temp": "Temp.", "symptom": "Symptom", "by": "By"},
            ),
            PaperTable("Transfers", "rides", {"entry": "Entry", "at": "At", "what": "What"}),
            PaperTable("Questions and answers", "referrals", {"entry": "Entry", "at": "At", "what": "What"}),
            PaperTable("Releases", "releases", {"entry": "Entry", "at": "At", "what": "What"}),
            PaperTable("All entries", "history", {"entry": "Entry", "at": "At", "by": "By", "what": "What"}),
        ),
    },
    below={
        "notice-isolation": (
            "Issued by (stamp): {desk}  Day: {day}",
            "Leader on duty (signs): ________  Told by (signs): ________",
            "I have been told (signs): ________  Day: ________",
        ),
        "notice-release": (
            "Issued by (stamp): {desk}  Day: {day}",
            "Leader on duty (signs): ________  Handled by (signs): ________",
            "Received (signs): ________  Day: ________",
        ),
        "notice-home": (
            "Issued by (stamp): {desk}  Day: {day}",
            "Village (stamp): ________  Told by (signs): ________",
            "I have been told and will keep to it (signs): ________  Day: ________",
        ),
        "transfer": (
            "Handed over by (stamp): {desk}  Day: {day}",
            "Handed over by (signs): ________  At: ________",
            "Received by (stamp): ________  Signs: ________  At: ________",
        ),
        "record": ("Issued by (stamp): {desk}  Day: {day}", "Handled by (signs): ________"),
    },
    page_keys="p prints it into a file (number, log)  arrows turn the page  Esc goes back",
    file_name="The name of the file must end in .docx or .pdf",
    at_door="No files are written from the door: on your machine, ssh DESK {command} --format docx - > paper.docx",
    only_papers="Only papers of a person come as docx; take --format xlsx or pdf for a table",
    absent="{package} is missing: pip install 'dutyboard[paper]'",
    no_template="The template {file} cannot be read: it is no .docx, damaged, or too large",
    broken="The template {file} is written wrongly in line {line}: {why}",
    unknown_place="There is no place {place} for the template {file} to hold; docs/papers.md lists all",
    forbidden="The template {file} holds what none may: {why}",
    outside="The template {file} takes something from elsewhere (a picture, an object, a template)",
    no_font="No font with Chinese, so no PDF or PNG: apt install fonts-wqy-zenhei, or name a file in DUTYBOARD_FONT",
    no_office="LibreOffice (soffice) is not there, so no PDF: apt install libreoffice-writer-nogui, or --format docx",
    office_failed="LibreOffice made no PDF of it; take --format docx",
    too_slow="LibreOffice took more than {seconds} seconds and was stopped; take --format docx",
)
