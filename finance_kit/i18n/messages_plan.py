"""English words for what can be wrong with the form of a plan file and with its values."""

from __future__ import annotations

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "more_issues": "There are {count} more problems. Please mend those above first, then check again.",
    # The file
    "file_missing": 'There is no file called "{name}" here. Please check the name and the folder.',
    "file_is_folder": "This is a folder. Please give the name of a plan file in it.",
    "file_not_regular": "This is not an ordinary file. Please save the plan as a file and give its name.",
    "file_forbidden": "You are not permitted to read this file. Please ask its owner, or use a copy of your own.",
    "file_unreadable": "This file cannot be read. Please check the disk, or use another copy.",
    "file_unreadable+reason": "This file cannot be read ({reason}). Please check the disk, or use another copy.",
    "file_empty": "The file holds nothing to read. Please write a plan into it, or begin with a starter file.",
    "file_too_large": "The file has {mebibytes} MiB; a plan may have {limit}. Please check that it is the right one.",
    "file_of_another_program": "This is a file of another program ({kind}), not a plan file. "
    "Please give a text file that ends in .yaml or .json.",
    "wrong_encoding": "The file is saved as {encoding}. Please save it again as UTF-8.",
    "not_utf8": "The byte {byte} does not belong in a UTF-8 text. Please save the file again with encoding UTF-8.",
    "too_many_lines": "The file has more than {limit} lines. Please check that it is the right file.",
    # Characters
    "control_character": "There is a control character ({codepoint}) here. Please delete it and type the text again.",
    "direction_control": "There is an invisible character that turns the direction of text ({codepoint}). "
    "Please delete it.",
    "invisible_character": "There is an invisible character ({codepoint}) here. Please delete it.",
    "broken_character": "Half of a character ({codepoint}) stands here. Please type the text again.",
    # YAML that a plan does without
    "yaml_tag": '"{found}" is a YAML tag; plans have none. Remove it, or put the text in quotation marks.',
    "yaml_anchor": '"{found}" is a YAML anchor; plans have none. Remove it, or put the text in quotation marks.',
    "yaml_alias": '"{found}" refers to another place; plans cannot do that. Write the value out, '
    "or put the text in quotation marks.",
    "yaml_merge_key": 'Keys cannot be taken over with "<<". Please write them out here.',
    "yaml_directive": 'A line begins with "%". Plans have no directives; please delete the line.',
    "several_documents": 'A second document begins here, after "---". A file holds one plan; please use one file each.',
    "duplicate_key": '"{key}" stands here a second time; the first is on line {first_line}. Please keep one of them.',
    "key_not_text": "The key {found} is not a word. Please use a field name, or put the key in quotation marks.",
    "too_deep": "More than {limit} lists and sections lie inside each other. Please check brackets and indentation.",
    "too_many_entries": "This list has more than {limit} entries; that is the most there may be. "
    "Please put small ones together.",
    "too_many_keys": "This section has more than {limit} keys; that is the most there may be. "
    "Please check that it is the right file.",
    "too_many_values": "The file has more than {limit} values. Please check that it is the right file.",
    "text_too_long": "This text is longer than {limit} characters. Please shorten it.",
    # Values without quotation marks
    "ambiguous_scalar": "{found} is read differently by different programs. Please write one of: {write}.",
    "not_finite": "{found} is not an amount. Please write a plain number, or put a text in quotation marks.",
    "number_out_of_range": "{found} is too large: numbers go up to {limit} and down to -{limit}. Please check it.",
    "too_many_digits": "The number {found} has more than {limit} digits. Please check it; "
    "put a text made of digits in quotation marks.",
    # YAML that does not hold together
    "yaml_tab": "There is a tab here. Please indent with spaces, two for each level.",
    "yaml_unclosed_quote": "The quotation mark that opens here has no end. Please add the closing one.",
    "yaml_bad_escape": r'"\" followed by this character means nothing in double quotation marks. '
    r'Write "\\" for one backslash, or use single quotation marks.',
    "yaml_unclosed_bracket": "The bracket that opens here has no end. Please add the closing one.",
    "yaml_missing_comma": "Something is missing between the brackets on this line, probably a comma. Please check it.",
    "yaml_block_text": 'After "|" or ">" the text goes on the next line, indented. Please check it.',
    "yaml_reserved_start": 'A value cannot begin with "{found}". Please put it in quotation marks.',
    "yaml_missing_colon": "There is no colon after the field name on this line. Write the name, a colon, a space "
    "and the value.",
    "yaml_colon_in_text": "There is a second colon in this line. Put the whole text after the first one in quotation "
    "marks.",
    "yaml_indentation": "The indentation does not fit the lines above. Fields of one section begin in one column.",
    "yaml_dash_in_line": 'A list entry ("- ") begins in the middle of a line. Please put it on a line of its own.',
    "yaml_text_after_value": "There is something after the end of the value on this line. Put the whole text in one "
    "pair of quotation marks.",
    "yaml_unexpected_character": '"{found}" is not expected here. Please check commas and brackets on this line.',
    "yaml_syntax": "The file cannot be read from here on. Please check indentation, colons, quotation marks and "
    "brackets here and on the line above.",
    # Values
    "missing_field": '"{field}" is missing here. Please add a line "{field}: …".',
    "missing_field+title": '"{field}" ({title}) is missing here. Please add a line "{field}: …".',
    "unknown_field": '"{field}" is not a field of this section. Its fields are: {known}.',
    "unknown_field+nearest": '"{field}" is not a field of this section. Did you mean "{nearest}"?',
    "empty_value": 'Nothing is written after "{field}:". It needs {kinds}; or delete the line.',
    "wrong_kind": "{found} was found. It needs {kinds}.",
    "not_a_section": "{found} was found. It needs a section: lines with a name, a colon and a value each.",
    "not_a_list": '{found} was found. It needs a list: entries on lines of their own that begin with "- ".',
    "not_text": "{found} was found. It needs text; put it in quotation marks.",
    "not_text+write": "{found} was found. It needs text: write {write}.",
    "not_true_false": "{found} was found. It needs true or false, without quotation marks.",
    "not_whole_number": "{found} was found. It needs a whole number, such as 12.",
    "not_whole_number+write": "{found} was found. It needs a whole number in plain digits; did you mean {write}?",
    "not_a_number": "{found} was found. It needs a plain number, such as 1200 or 0.5, without unit or spaces.",
    "not_a_number+write": "{found} was found. It needs a plain number; did you mean {write}?",
    "too_small": "{found} was found. It needs {limit} or more.",
    "too_small+beyond": "{found} was found. It needs more than {limit}.",
    "too_large": "{found} was found. It needs {limit} or less.",
    "too_large+beyond": "{found} was found. It needs less than {limit}.",
    "too_large+fraction": "{found} was found. It needs {limit} or less. Rates and shares are fractions: 0.12 is 12 %.",
    "too_large+fraction_beyond": "{found} was found. It needs less than {limit}. Shares are fractions: 0.12 is 12 %.",
    "season_needs_twelve": "There are {count} numbers. A season has twelve, January first: 1 is a usual month, 0 a "
    "month without.",
    "not_a_multiple": "{found} was found. It needs a multiple of {limit}.",
    "too_few": "There are {count} entries. At least {limit} are needed; please add to the list.",
    "too_many": "There are {count} entries. At most {limit} are possible; please take some out.",
    "too_short": "The text has {count} characters. At least {limit} are needed.",
    "too_long": "The text has {count} characters. At most {limit} are possible; please shorten it.",
    "wrong_form": "{found} was found. It is not in the form that is needed here.",
    "wrong_form+form": "{found} was found. Needed: {form}",
    "not_a_choice": "{found} was found. Please choose one of: {choices}.",
    "not_a_choice+nearest": "{found} was found. Did you mean {nearest}? The choices are: {choices}.",
    "not_a_date": "{found} was found. It needs a date, such as 2027-03-31.",
    "must_be_empty": "{found} was found. Nothing may stand here; please delete the value.",
    "invalid_value": "{found} was found, which cannot be used here. Please check it.",
    "invalid_value+reason": "{found} was found, which cannot be used here: {reason}.",
    # Kinds of value
    "kind_section": "a section of lines with name and value",
    "kind_list": "a list",
    "kind_text": "text",
    "kind_true_false": "true or false",
    "kind_whole_number": "a whole number",
    "kind_number": "a number",
}
