"""S1 to S3: who is not signed in gets no plan, who is gets no plan of others, and roles are given, never taken."""

from __future__ import annotations

import random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from finance_kit.store import plans, users
from tests.web.accounts import PASSPHRASE, database, is_in, new_plan, register, send, shown
from tests.web.apps import token
from tests.web.security.conftest import Place
from web.access import is_public

PUBLIC_HERE = {"people.sign_in", "people.register", "people.set_up", "people.recover"}
ODD = ["", " ", "0", "-1", "1", "%00", "..", "../../etc/passwd", "' OR 1=1 --", "x" * 5_000]
WORDS_OF_THE_PLAN = ("Pepper", "pepper")


def _addresses(app: Flask, plan: str) -> list[tuple[str, str]]:
    """Method and address of every route that names a plan."""
    found = []
    for rule in app.url_map.iter_rules():
        if "plan_id" not in rule.arguments:
            continue
        values: dict[str, Any] = {name: plan if name == "plan_id" else "1" for name in rule.arguments}
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **values)
        found += [(method, address) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]
    return found


def _state(place: Place) -> tuple[Any, ...]:
    """What the owner's plan is and who may see it: an attack that worked would show here."""
    with database(place.app) as session:
        owner = users.by_name(session, "Ann Sok")
        assert owner
        plan = plans.get(session, place.plan, owner.id)
        assert plan
        return plan.revision, plan.document, plan.owner_id, plan.organisation_id


def _turned_away(answer: TestResponse) -> bool:
    """Refused, or shown the door of people; a page is asked for only to be sent there."""
    return answer.status_code == 401 or (
        answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in?next=")
    )


def test_s01_without_signing_in_no_route_gives_plan_data(place: Place) -> None:
    before = _state(place)
    stranger = place.stranger()
    key = token(stranger)
    asked = 0
    for rule in place.app.url_map.iter_rules():
        if is_public(place.app.view_functions[rule.endpoint]):
            continue
        values: dict[str, Any] = {name: place.plan if name == "plan_id" else "1" for name in rule.arguments}
        with place.app.test_request_context():
            address = place.app.url_for(rule.endpoint, **values)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = stranger.open(address, method=method, headers={"X-CSRFToken": key})
            assert _turned_away(answer), f"{method} {rule.rule}"
            assert not any(word in answer.text for word in WORDS_OF_THE_PLAN)
            asked += 1
    assert asked > 25
    assert _state(place) == before


def test_s01_the_routes_of_people_that_are_open_are_these_four(place: Place) -> None:
    views = place.app.view_functions
    assert {name for name in views if name.startswith("people.") and is_public(views[name])} == PUBLIC_HERE


def test_s02_a_plan_of_somebody_else_answers_like_one_that_is_not_there(place: Place) -> None:
    before = _state(place)
    key = token(place.other)
    addresses = _addresses(place.app, place.plan)
    assert len(addresses) > 6
    for method, address in addresses:
        headers = {"X-CSRFToken": key, "Accept": "text/html"}
        theirs = place.other.open(address, method=method, headers=headers, data={"role": "editor", "days": "7"})
        nobodys = place.other.open(address.replace(place.plan, "A" * 22), method=method, headers=headers)
        expected = 401 if address.startswith("/api/") else 404  # programs bring a token, not a cookie
        assert theirs.status_code == nobodys.status_code == expected, f"{method} {address}"
        assert not any(word in theirs.text for word in WORDS_OF_THE_PLAN)
    assert _state(place) == before


def test_s02_an_administrator_sees_no_plan_by_being_one(place: Place) -> None:
    key = token(place.admin)
    for method, address in _addresses(place.app, place.plan):
        answer = place.admin.open(address, method=method, headers={"X-CSRFToken": key})
        expected = 401 if address.startswith("/api/") else 404
        assert answer.status_code == expected, f"{method} {address}"
    assert not any(word in place.admin.get("/administration").text for word in WORDS_OF_THE_PLAN)


def test_s02_forty_neighbours_and_odd_ids_give_nothing(place: Place) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    draw = random.Random(40)  # noqa: S311 - the same neighbours in each run
    neighbours: list[str] = []
    while len(neighbours) < 40:
        at = draw.randrange(len(place.plan))
        near = place.plan[:at] + draw.choice(letters) + place.plan[at + 1 :]
        if near != place.plan:
            neighbours.append(near)
    for wrong in [*neighbours, *ODD]:
        answer = place.owner.get(f"/plans/{wrong}/people")
        assert answer.status_code in (308, 400, 404), wrong[:40]
        assert not any(word in answer.text for word in WORDS_OF_THE_PLAN)
    assert place.owner.get(f"/plans/{place.plan}/people").status_code == 200, "the right one works"


def test_s02_a_viewer_reads_and_changes_nothing(place: Place) -> None:
    send(place.owner, f"/plans/{place.plan}/people", name="Ben Dara", role="viewer")
    before = _state(place)
    assert place.other.get(f"/plans/{place.plan}/people").status_code == 200
    for address in ("people", "links", "organisation"):
        assert (
            send(place.other, f"/plans/{place.plan}/{address}", name="Ben Dara", role="editor", days="7").status_code
            == 403
        )
    assert place.other.get(f"/plans/{place.plan}/log").status_code == 403
    assert _state(place) == before


def test_s02_access_that_is_taken_away_is_gone_at_once(place: Place) -> None:
    send(place.owner, f"/plans/{place.plan}/people", name="Ben Dara", role="editor")
    assert place.other.get(f"/plans/{place.plan}/people").status_code == 200
    page = place.owner.get(f"/plans/{place.plan}/people").text
    share = page.split("/shares/")[1].split("/end")[0]
    assert send(place.owner, f"/plans/{place.plan}/shares/{share}/end").status_code == 303
    assert place.other.get(f"/plans/{place.plan}/people").status_code == 404


def test_s02_a_link_gives_only_what_it_says_and_only_until_it_is_taken_back(place: Place) -> None:
    page = send(place.owner, f"/plans/{place.plan}/links", role="viewer", days="1")
    path = shown(page, "new-link").removeprefix("http://localhost")
    assert _turned_away(place.stranger().get(path)), "a link alone opens nothing"
    asked = place.other.get(path)
    assert "Ann Sok" in asked.text
    assert "viewer" in asked.text
    assert place.other.get(f"/plans/{place.plan}/people").status_code == 404, "looking at it gives nothing yet"
    assert send(place.other, path).status_code == 303
    assert place.other.get(f"/plans/{place.plan}/people").status_code == 200
    assert send(place.other, f"/plans/{place.plan}/links", role="viewer", days="1").status_code == 403
    links = place.owner.get(f"/plans/{place.plan}/people").text.split('id="by-link"')[1]
    link = links.split("/shares/")[1].split("/end")[0]
    assert send(place.owner, f"/plans/{place.plan}/shares/{link}/end").status_code == 303
    assert place.other.get(f"/plans/{place.plan}/people").status_code == 404
    assert place.other.get(path).status_code == 404


def test_s02_the_secret_of_a_link_or_token_is_kept_nowhere(place: Place) -> None:
    link = shown(send(place.owner, f"/plans/{place.plan}/links", role="viewer", days="1"), "new-link").rsplit("/", 1)[1]
    made = shown(
        send(place.owner, "/account/tokens", label="sheet", scope="read", days="7", passphrase=PASSPHRASE), "new-token"
    )
    with database(place.app) as session:
        other = users.by_name(session, "Ben Dara")
    assert other
    code = shown(send(place.admin, f"/administration/people/{other.id}/reset"), "new-code")
    assert min(len(link), len(made), len(code)) > 25
    kept = b"".join(file.read_bytes() for file in place.folder.rglob("*") if file.is_file())
    assert b"Ann Sok" in kept, "the files that hold the data were read"
    for secret in (link, made, code, code.replace("-", "")):
        assert secret.encode() not in kept
    assert link not in place.owner.get(f"/plans/{place.plan}/people").text, "shown once"
    assert made not in place.owner.get("/account/tokens").text


def test_s03_routes_of_administrators_do_not_exist_for_others(place: Place) -> None:
    with database(place.app) as session:
        owner = users.by_name(session, "Ann Sok")
    assert owner
    assert place.other.get("/administration").status_code == 404
    for address in (
        f"/administration/people/{owner.id}/disable",
        f"/administration/people/{owner.id}/enable",
        f"/administration/people/{owner.id}/role",
        f"/administration/people/{owner.id}/reset",
        "/administration/invitations",
        "/administration/invitations/x/revoke",
    ):
        assert send(place.other, address, role="administrator", label="x", days="7").status_code == 404, address
    assert is_in(place.owner)


@pytest.mark.parametrize(
    "field", ["role", "roles", "is_admin", "admin", "administrator", "user_id", "id", "disabled_at"]
)
def test_s03_fields_for_a_role_at_registration_are_ignored(field: str, place: Place) -> None:
    sly = register(place.app, "Dara Sly", **{field: "administrator"})
    assert sly.get("/administration").status_code == 404
    with database(place.app) as session:
        made = users.by_name(session, "Dara Sly")
    assert made
    assert made.role == "member"


def test_s03_a_role_in_the_address_or_cookie_changes_nothing(place: Place) -> None:
    place.other.set_cookie("role", "administrator")
    assert place.other.get("/administration?role=administrator&is_admin=1").status_code == 404


def test_s03_advisers_see_what_members_show_them_and_nothing_of_another_organisation(place: Place) -> None:
    adviser = register(place.app, "Chea Adviser")
    union = send(place.owner, "/organisations", name="Union of Weavers").headers["Location"]
    assert send(place.owner, f"{union}/members", name="Chea Adviser", role="adviser").status_code == 303
    assert adviser.get(f"/plans/{place.plan}/people").status_code == 404, "belonging to it shows nothing"
    assert (
        send(place.owner, f"/plans/{place.plan}/organisation", organisation=union.rsplit("/", 1)[1]).status_code == 303
    )
    assert adviser.get(f"/plans/{place.plan}/people").status_code == 200
    assert "pepper" in adviser.get(union).text.lower()
    assert send(adviser, f"/plans/{place.plan}/people", name="Ben Dara", role="viewer").status_code == 403

    elsewhere = send(place.other, "/organisations", name="Other Office").headers["Location"]
    assert adviser.get(elsewhere).status_code == 404
    assert place.other.get(union).status_code == 404
    assert send(place.other, f"{union}/members", name="Ben Dara", role="manager").status_code == 404
    assert send(adviser, f"{union}/members", name="Ben Dara", role="manager").status_code == 404, "only a manager adds"
    assert place.other.get(f"/plans/{place.plan}/people").status_code == 404


def test_s03_a_member_inherits_no_organisation_and_its_last_manager_is_told(place: Place) -> None:
    chan = register(place.app, "Chan Member")
    union = send(place.owner, "/organisations", name="Class of Weavers").headers["Location"]
    for name in ("Ben Dara", "Chan Member"):
        assert send(place.owner, f"{union}/members", name=name, role="member").status_code == 303
    plan = new_plan(chan)
    assert send(chan, f"/plans/{plan}/organisation", organisation=union.rsplit("/", 1)[1]).status_code == 303
    assert place.owner.get(f"/plans/{plan}").status_code == 200
    warned = "If you leave, this organisation ends"
    assert warned in place.owner.get(union).text
    assert warned not in place.other.get(union).text
    with database(place.app) as session:
        owner = users.by_name(session, "Ann Sok")
    assert owner
    assert send(place.owner, f"{union}/members/{owner.id}/remove").status_code == 303
    assert place.other.get(union).status_code == 404
    assert place.other.get(f"/plans/{plan}").status_code == 404
    assert chan.get(f"/plans/{plan}").status_code == 200


def test_s03_a_plan_is_shown_only_to_an_organisation_one_belongs_to(place: Place) -> None:
    elsewhere = send(place.other, "/organisations", name="Other Office").headers["Location"].rsplit("/", 1)[1]
    assert send(place.owner, f"/plans/{place.plan}/organisation", organisation=elsewhere).status_code == 404
    assert place.other.get(f"/plans/{place.plan}/people").status_code == 404


def test_s03_nobody_can_make_the_first_administrator_without_the_key(place: Place, stranger_site: FlaskClient) -> None:
    wrong = send(
        stranger_site,
        "/set-up",
        key="aaaa-bbbb-cccc-dddd-eeee-ffff",
        name="Thief",
        passphrase=PASSPHRASE,
        again=PASSPHRASE,
    )
    assert wrong.status_code == 422
    assert place.stranger().get("/set-up").status_code == 404, "and not at all once there is one"
