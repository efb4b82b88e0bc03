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
    "template_none": "No file was chosen. Choose a Word file (.docx), then send it again.",
    "template_too_large": "The Word template {path} is larger than {megabytes} MB. Make the pictures in it smaller.",
    "template_not_word": (
        "{path} is not a Word file, or it is damaged. Open it in Word and save it as “Word Document (.docx)”."
    ),
    "template_old_format": (
        "{path} is an old Word file (.doc) or is protected by a password. Open it in Word and save it as “Word "
        "Document (.docx)” without a password."
    ),
    "template_too_many_parts": (
        "{path} consists of {found} parts; a template may have {limit}. Take out pictures and pages that it does not "
        "need."
    ),
    "template_unpacks_too_large": (
        "{path} becomes too large when it is unpacked (more than {megabytes} MB, or a hundred times its size; {place}"
        "). Take out large pictures and pages that it does not need."
    ),
    "template_macros": (
        "{path} holds macros or controls ({place}). Nothing in a template is run: save it in Word as “Word Document "
        "(.docx)”, without macros."
    ),
    "template_dtd": "{path} declares a document type in {place}, as Word never does. It was not opened.",
    "template_xml_broken": "{path} is damaged in {place}. Open it in Word and save it again as .docx.",
    "template_outside_link": (
        "{path} refers to something outside of itself: “{found}” in {place}. Put the picture into the file (Insert > "
        "Pictures), set the document template to Normal (Developer > Document Template), or delete the link."
    ),
    "template_foreign_part": (
        "{path} holds something that a template may not hold: “{found}” in {place}. Put a picture of it in its place, "
        "or delete it."
    ),
    "template_field": (
        "{path} has a field that a template may not use: “{found}” in {place}. Page numbers, dates, contents and links "
        "to web pages are fine; delete this one (Alt+F9 shows the fields)."
    ),
    "template_picture": (
        "{path} has a picture that cannot be taken: {place}. Use PNG, JPEG or GIF of at most 40 million points."
    ),
    "template_too_long": (
        "{path} took longer than {seconds} seconds to fill and was stopped. Take out pages and tables that it does not "
        "need."
    ),
    "template_out_of_memory": (
        "{path} took more memory to fill than a template may and was stopped. Take out pages and tables that it does "
        "not need."
    ),
    "template_busy": "Other templates are being tried at this moment. Send yours again in a minute.",
    "template_gone": "The Word template that was chosen is no longer there. Choose another one.",
    "template_lacks_page": (
        "The page of {path} has no size, or less than {centimetres} cm between its margins. Set the page and the "
        "margins in Word (Layout)."
    ),
    "template_section_after": (
        "{path} has a section break after [[REQUEST]], [[CONTENTS]] or [[BODY]]. These three stand in the last section"
        "; put your own pages before them, or after them with a page break."
    ),
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
        "The Word template {path} has a tag that nothing belongs to: {tag}. Correct its spelling or delete it. There "
        "are: {known}."
    ),
    "template_tag_broken": (
        "The Word template {path} has a tag that is not complete: {tag}. Type it again in one go, from {{{{ to }}}}; "
        "“for” and “if” need their end."
    ),
    "template_tag_forbidden": (
        "The Word template {path} has a tag that templates may not use: {tag}. A tag is the name of a value, a “for” "
        "over rows or an “if”, and stands in the text. Delete it."
    ),
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
