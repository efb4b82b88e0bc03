"""English words for work that is done in the background, and for files that people send in."""

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    # Work that waits, and why it ended
    "job_busy": "{waiting} documents are being made already. Try again in a minute; your plan is saved.",
    "job_busy_own": (
        "{limit} documents that you asked for are not ready yet. Wait for one of them, or stop one; your plan is saved."
    ),
    "job_queue_unreachable": (
        "The list of work cannot be reached. Try again in a minute; if it stays so, tell whoever runs this server."
    ),
    "job_too_long": (
        "It took longer than {seconds} seconds and was stopped. Your plan is saved. Try again when the machine has "
        "less to do, or choose the summary."
    ),
    "job_out_of_memory": (
        "There was not enough memory to finish it, so it was stopped. Your plan is saved. Close other programs on the "
        "server and try again, or choose the summary."
    ),
    "job_ended": (
        "The machine ended this work before it was finished, most often because memory ran out. Your plan is saved and "
        "no half file was kept. Try again."
    ),
    "job_interrupted": "The server was stopped while this was made. Your plan is saved. Make it again.",
    "job_failed": "Something went wrong on our side while this was made. Your plan is saved. Try again.",
    "job_result_too_large": (
        "What was made is larger than {megabytes} MB and was not kept. Your plan is saved. Choose the summary."
    ),
    "job_plan_gone": "The plan or this version of it is no longer there.",
    "job_settings": "{name} is set to {found}. Give a redis://, rediss:// or postgresql:// address, or leave it out.",
    "job_library": "Jobs at {scheme}:// need the package {package}. Install it beside Finance Kit.",
    # Loan schedules as files
    "loan_file_unknown": "There is no file of kind {kind} for loan {number}; the plan asks for {count} loans.",
    # Pages as pictures (Undefined)
    "pictures_not_found": (
        "Pictures of the pages need the program pdftoppm (package poppler-utils), which is not on this server."
    ),
    "pictures_failed": "The pictures of the pages could not be drawn. The Word file is complete.",
    # Files that people send
    "upload_none": "No file was chosen. Choose a plan file, then send it again.",
    "upload_too_large": "The file has {mebibytes} MiB. A plan file may have at most {limit} MiB.",
    "upload_word": (
        "This is a Word document, not a plan file. Open the plan as YAML or JSON; the Word document is made from it."
    ),
    "upload_workbook": "This is a workbook, not a plan file. Plans are opened as YAML or JSON.",
    "upload_archive": "This is an archive (zip), not a plan file. Unpack it and open the YAML or JSON file in it.",
    "upload_pdf": "This is a PDF, not a plan file. Plans are opened as YAML or JSON.",
    "upload_picture": "This is a picture, not a plan file. Plans are opened as YAML or JSON.",
    "upload_program": "This is a program, not a plan file. It was not opened.",
    "upload_markup": "This is a web page or XML, not a plan file. Plans are opened as YAML or JSON.",
    "upload_old_office": "This is an old Office file, not a plan file. Plans are opened as YAML or JSON.",
    "upload_compressed": "This file is compressed. Unpack it and open the YAML or JSON file in it.",
    "upload_not_text": "This file is not text, so it is no plan file. Plans are opened as YAML or JSON.",
}
