"""English sentences of `ActionsWords` and `WhyNotWords`."""

from dutyboard.tui.text.actions import ActionsWords, ActionWords, WhyNotWords

WORDS = ActionsWords(
    help=ActionWords("Help", "What the keys do"),
    board=ActionWords("Board", "The board: 24 hours at a glance, and what to do now"),
    rounds=ActionWords("Rounds", "Rounds: today's slots of every site"),
    screening=ActionWords("Screen", "Screening: people to be assessed"),
    people=ActionWords("People", "People: at sites and at home"),
    log=ActionWords("Log", "The log: everything that happened"),
    reports=ActionWords("Reports", "Reports: who has reported and who has not"),
    handover=ActionWords("Handover", "Handover: item by item, both sign"),
    draft_report=ActionWords("State", "Reports: state the figures, filled from the desk's records, or a new revision"),
    urge=ActionWords("Call", "Reports: write down a call to whoever owes the one selected, reached or not"),
    save_report=ActionWords(
        "File", "Write the sheet as it prints into a file (.xlsx, .pdf, .txt, .json; trends .svg and .png)"
    ),
    pages=ActionWords("Sheets", "All sheets that print: choose one to look at, copy, or write into a file"),
    copy_page=ActionWords("Copy", "Hand the page to your own terminal's clipboard, to paste it into a chat"),
    page_before=ActionWords("Before", "The day before (of a period: the one before)"),
    page_after=ActionWords("After", "The day after (of a period: the one after)"),
    page_days=ActionWords("Days", "Choose the days of the sheet"),
    new_person=ActionWords("New", "A new arrival, phoned in"),
    discharge=ActionWords("Done", "The selected patrol, disinfection or home check is done and normal; else its form"),
    accept=ActionWords("Accept", "Handover: accept the row; when all are accepted, both sign"),
    unfold=ActionWords("Open", "Handover: open or close a kind, to read each item of it"),
    incoming=ActionWords("Incoming", "Handover: choose who takes over; what was accepted is accepted anew"),
    open=ActionWords("Open", "Screening: the form; people: the person's page; there: the form of what is owed first"),
    correct=ActionWords(
        "Facts", "Correct the facts; after the assessment with a reason, the dates shown before and after"
    ),
    test=ActionWords("Test", "A sample or a result (of a positive one all consequences are shown first)"),
    reading=ActionWords("temp", "Write down a temperature, a symptom or a retake"),
    release=ActionWords("Release", "Release from this stage; what blocks it is listed first"),
    calls=ActionWords("Calls", "Whom to call tonight about a risk area added or raised, and how far that is"),
    site_desk=ActionWords("Site", "The site under the cursor: everybody by room, one key a cell"),
    site_duties=ActionWords(
        "Duties", "Duties of this site: disinfection, symptoms, staff PCR, report, rooms; how each stands, and do one"
    ),
    move=ActionWords("Move", "Move whoever is under the cursor to another room or site"),
    staff=ActionWords("Staff", "Staff of this site: the register, who is due for a sample; add, change, send off duty"),
    expiring=ActionWords("Expiring", "Certificates of the queue that run out soon"),
    abnormal=ActionWords("Abnormal", "Record it as abnormal, with a note"),
    ack=ActionWords("Seen", "Alarm seen (still to be done); off the shelf"),
    shelve=ActionWords("Shelve", "Put aside until a time, with the reason"),
    note=ActionWords("Note", "Write a note"),
    call=ActionWords("Call", "Write down a phone call: who, about what, who was told"),
    take_back=ActionWords("Undo", "Take back your own last tick within two minutes, or all that was written at once"),
    amend=ActionWords("Amend", "Correct an entry with a reason: other values, or taken back; the old one stays"),
    seat=ActionWords("Seat", "Take a vacant seat, or take one over (with a reason)"),
    explain=ActionWords("Why", "Explain: the clause, the facts, what happened"),
    trail=ActionWords("Who", "Who changed the selected record, and when (by line of the journal)"),
    desk_acts=ActionWords("Set-up", "Set-up: sites, shifts, another notice, settings, sheets"),
    site=ActionWords("Open/close", "Open a site, put it on standby, or close it"),
    answer=ActionWords("Answer", "Write down the answer to this person's referral"),
    more=ActionWords("More", "More: another room or site, another officer or cadre"),
    transfer=ActionWords("Ride", "Write down that this person left, arrived, was diverted or came back"),
    cover=ActionWords("Cover", "rota: somebody else sits this shift, for sickness or another cause"),
    swap=ActionWords("Swap", "rota: on one shift, then on the other: both officers change places"),
    plan=ActionWords("In turn", "rota: officers in turn for some days, conflicts shown before anything is planned"),
    call_off=ActionWords("Call off", "rota: call this shift off, and its seat is empty"),
    hours=ActionWords("Hours", "rota: other hours; of a shift that has begun only its end"),
    hand_off=ActionWords("Hand off", "Handed off or dead: close the record by its letter"),
    find=ActionWords(
        "Find",
        "Filter by text or initials; people also by the end of phone or ID, room, town, officer, clause, day",
    ),
    mark=ActionWords("Mark", "Mark the person under the cursor, or take the mark away; a filter drops none"),
    mark_all=ActionWords("All", "Mark everybody listed; if all are, take the marks away"),
    act_on_marked=ActionWords("Bulk", "One act for all who are marked, seen by name before it is written"),
    counts=ActionWords("Counts", "Open a number of the second line: who is late, waits, is positive"),
    narrow=ActionWords(
        "Only", "Log: only one kind, one unit or site, one officer, one day, or all of these; Escape shows all"
    ),
    day_before=ActionWords("Day-", "The day before: in the log (Left too), and in the table of the rounds"),
    day_after=ActionWords("Day+", "The day after: in the log (Right too), and in the table of the rounds"),
    next_slice=ActionWords(
        "Slice", "The next slice: ready, awaiting an answer, result out, ends tomorrow, fever, town, clause"
    ),
    last_slice=ActionWords("Back", "The slice before; Escape shows everybody"),
    unmask=ActionWords("Unmask", "Show or mask ID numbers and phones"),
    sign_on=ActionWords("Sign on", "Sign on: pick yourself from the roster"),
    repaint=ActionWords("Repaint", "Paint the whole screen again, after a message of the system or a new link"),
    quit=ActionWords("Quit", "Leave: a form (the draft is kept), then a screen for the board, then the program"),
)

WHY_NOT = WhyNotWords(
    not_signed_on="Not signed on: Ctrl+G picks you from the roster.",
    nothing_selected="Nothing is selected.",
    not_open_yet="Too early: it opens at {opens}.",
    window_closed="Missed, and stays so; write down why with n, and it goes into the handover.",
    already_done="Done already by {by}.",
    not_abnormal="This one has no abnormal form; Enter opens its own.",
    no_alarm="It is not in the red lane, and not shelved.",
    seen_already="{who} has seen it; it is still to be done.",
    shelved_already="It is shelved already; a takes it up again.",
    nothing_to_take_back="No tick to take back (your own, within two minutes).",
    already_signed_on="You are signed on.",
    loading="The desk is opening, one moment.",
    not_here="This screen has no such action.",
)
