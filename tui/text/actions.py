"""Names of the keys in footer and help, and reasons why a key does nothing now."""

from dutyboard.frozen import frozen


@frozen(kw_only=False)
class ActionWords:
    """Name of one key: `short` for the footer (a few cells), `long` for the help."""

    short: str
    long: str


@frozen
class ActionsWords:
    """Names of the keys. Field names are the action ids of `tui.actions`."""

    help: ActionWords
    board: ActionWords
    rounds: ActionWords
    screening: ActionWords
    people: ActionWords
    log: ActionWords
    reports: ActionWords
    handover: ActionWords
    draft_report: ActionWords
    urge: ActionWords
    save_report: ActionWords
    pages: ActionWords
    copy_page: ActionWords
    page_before: ActionWords
    page_after: ActionWords
    page_days: ActionWords
    new_person: ActionWords
    discharge: ActionWords
    accept: ActionWords
    unfold: ActionWords
    incoming: ActionWords
    open: ActionWords
    correct: ActionWords
    test: ActionWords
    reading: ActionWords
    release: ActionWords
    calls: ActionWords
    expiring: ActionWords
    site_desk: ActionWords
    site_duties: ActionWords
    move: ActionWords
    staff: ActionWords
    abnormal: ActionWords
    ack: ActionWords
    shelve: ActionWords
    note: ActionWords
    call: ActionWords
    take_back: ActionWords
    amend: ActionWords
    seat: ActionWords
    explain: ActionWords
    trail: ActionWords
    desk_acts: ActionWords
    site: ActionWords
    hand_off: ActionWords
    answer: ActionWords
    more: ActionWords
    transfer: ActionWords
    cover: ActionWords
    swap: ActionWords
    plan: ActionWords
    call_off: ActionWords
    hours: ActionWords
    find: ActionWords
    mark: ActionWords
    mark_all: ActionWords
    act_on_marked: ActionWords
    counts: ActionWords
    narrow: ActionWords
    day_before: ActionWords
    day_after: ActionWords
    next_slice: ActionWords
    last_slice: ActionWords
    unmask: ActionWords
    sign_on: ActionWords
    repaint: ActionWords
    quit: ActionWords


@frozen
class WhyNotWords:
    """Reasons why an action cannot be done now. Field names are the codes of `tui.actions`."""

    not_signed_on: str
    nothing_selected: str
    not_open_yet: str
    window_closed: str
    already_done: str
    not_abnormal: str
    no_alarm: str
    seen_already: str
    shelved_already: str
    nothing_to_take_back: str
    already_signed_on: str
    loading: str
    not_here: str
