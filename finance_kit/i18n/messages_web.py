"""What to say when the web front end cannot be set up as it was asked for."""

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "setting_wrong": 'The setting {name} is "{found}". It takes {wanted}.',
    "secret_key_short": (
        "{path} should hold the key that signs cookies, at least {letters} letters long, and holds less. "
        "Move the file away and start again: a new key is made, and everybody signs in once more."
    ),
    "serve_alone_on_network": (
        "Listening on {host} lets others in this network reach your plans, and nothing would tell them from "
        "you. Add --shared, or leave --host out."
    ),
    "serve_fell_over": (
        "Finance Kit stopped: its processes ended again and again by themselves. The log says why. Everything that was "
        "shown as saved is saved. Starting it with --processes 1 may help for now."
    ),
    "serve_port_taken": (
        "Finance Kit cannot listen on {host}, port {port}: {reason}. Perhaps it runs already; "
        "otherwise choose another port with --port."
    ),
}
