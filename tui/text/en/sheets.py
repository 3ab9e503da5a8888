"""English sentences of `SheetWords`."""

from dutyboard.tui.text.sheets import SheetWords

WORDS = SheetWords(
    rows={
        "id_missing": "no ID number",
        "id_length": "the ID number has the wrong length",
        "id_date": "the ID number holds no real date",
        "id_check_digit": "the ID number's check digit is wrong",
        "phone_missing": "no phone",
        "phone_unusual": "an unusual phone number",
        "year_assumed": "a date without a year; took that of the row or of the file",
        "year_unknown": "a date without a year, and nothing tells it; left unknown (see --year)",
        "date_unread": "not a date; left unknown",
        "value_unread": "not understood; left unknown",
        "place_unknown": "an unknown place; left unknown",
        "name_missing": "no name",
        "unit_missing": "no town or street",
        "rooms_unread": "the number of rooms is not understood",
        "state_unread": "the state is not understood",
        "level_unread": "the level is not understood",
        "code_unread": "the county code is not understood",
        "start_missing": "no first day",
        "future_date": "a date after the desk's present time",
        "temperature_unlikely": "nobody has such a temperature: not taken, measure again",
        "result_before_sample": "a result before its sample: its day is not taken",
        "left_after_arrival": "left after the arrival: the day is not taken, ask when they left",
        "unit_unknown": "no unit of the desk begins the address",
        "unit_added": "the unit was not on the desk and has been added",
        "name_differs": "on record under another name with this ID number; nothing changed, an officer must check it",
        "already_assessed": "assessed already and the sheet differs; nothing changed, an officer must correct it",
        "state_kept": "the state differs from the desk's; nothing changed",
        "corrected_by_officer": "an officer has corrected this; nothing changed",
    },
    files={
        "file_missing": "no such file: {file}",
        "file_unreadable": "cannot read {file}",
        "old_excel": "{file} is an old .xls; save it as .xlsx first",
        "not_a_workbook": "{file} is no Excel workbook",
        "encoding_unread": "{file} is neither UTF-8 nor GB18030",
        "no_header": "no heading row in {file} (needed: {wanted})",
    },
)
