"""English words for what can go wrong while a Word plan is written."""

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    # Where the file is to be written (OutputError)
    "output_is_folder": "{path} is a folder. Give the name of a file in it, for example {path}/plan.docx.",
    "output_not_a_file": "{path} is not an ordinary file and is left alone. Give the name of a new file.",
    "output_folder_missing": "The folder of {path} does not exist. Make it first, or give another place.",
    "output_not_writable": (
        "{path} cannot be written: {reason}. If it is open in Word, close it there and try again; "
        "otherwise choose a folder of your own."
    ),
    "output_disk_full": "{path} was not written: the disk is full. Free some space and try again; nothing was changed.",
    "output_name_too_long": "The name {path} is too long for this disk. Give a shorter one.",
    "output_failed": "{path} was not written: {reason}. Nothing was changed there.",
    # The Word template (TemplateError)
    "template_missing": "The Word template {path} is not there. Give the path of a .docx file.",
    "template_too_large": "The Word template {path} is larger than {megabytes} MB. Make the pictures in it smaller.",
    "template_unreadable": "{path} cannot be read as a Word file: {reason}. Open it in Word, save it again as .docx.",
    "template_lacks_styles": (
        "The Word template has lost these styles: {styles}. Copy them back from the template that is shipped "
        "(templates/CONTRACT.md lists all of them)."
    ),
    "template_lacks_places": (
        "The Word template {path} has lost these places: {places}. Write each on a line of its own where the program "
        "is to put its text."
    ),
    "template_tag_unknown": (
        "The Word template {path} has a tag that nothing belongs to: {reason}. Correct its spelling or delete it "
        "(templates/CONTRACT.md lists the tags)."
    ),
    "template_tag_broken": (
        "The Word template {path} has a tag that is not complete: {reason}. Type it again in one go, from {{{{ to }}}}."
    ),
    "template_tag_forbidden": "The Word template {path} has a tag that templates may not use: {reason}. Delete it.",
    # Page numbers (Undefined, not an error: the plan is complete without them)
    "office_not_found": (
        "LibreOffice is not installed, so the contents have no page numbers yet: Word fills them in when it opens the "
        "file (it asks once; answer Yes)."
    ),
    "office_timeout": (
        "LibreOffice did not finish within {seconds} seconds, so the contents have no page numbers yet: Word fills "
        "them in when it opens the file (it asks once; answer Yes)."
    ),
    "office_failed": (
        "LibreOffice could not count the pages, so the contents have no page numbers yet: Word fills them in when it "
        "opens the file (it asks once; answer Yes). LibreOffice said: {said}"
    ),
    "office_outline_differs": (
        "LibreOffice found {found} headings instead of {expected}, so the contents have no page numbers yet: Word "
        "fills them in when it opens the file (it asks once; answer Yes)."
    ),
}
