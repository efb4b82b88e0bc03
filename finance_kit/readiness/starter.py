"""A commented file for a lender profile of one's own: nothing is invented in it, and it can be used as it stands."""

from __future__ import annotations

import re

from finance_kit.readiness.profile import LenderProfile

__all__ = ["plain_id", "starter_text"]

_TEXT = """\
# A lender profile: what one lender publishes. Write what you know and leave the rest as it is: where a line says
# not_published, the value of "{base}" is used, and every result says so.
#
# How to fill it in
# - A line that begins with # is an explanation or an example. To use an example, take away the "# " before it and the
#   not_published line above it, and put your own figures in. Keep the spaces at the beginning of lines.
# - Shares and rates are fractions: 0.12 is 12 %. Write numbers plainly: 1200000, not 1,200,000.
# - Every value needs a source: where it was read, by whom it was published, when. Name it once under "sources".
# - Then look at it:  finance-kit lenders check {file}
# - And use it:       finance-kit run my-plan.yaml --lenders {folder} --lender {id}
# - When you change something later, raise the version: results can be compared only within one version.
schema_version: 1
id: {id}
title: "{title}"
# bank, state, mfi or guarantee_fund
lender_type: {lender_type}
country: {country}
based_on: {base_id}
version: "1.0"
date: "{today}"
note: "What a reader should know of this lender and of the product that is described here."

# Where values were read. Use the name before the colon as "source" below. last_confirmed: the day on which you saw it.
sources:
  page:
    title: "Name of the page, leaflet or conversation"
    publisher: "Name of the lender"
    date: "{today}"
    last_confirmed: "{today}"
    confidence: medium   # high: in writing; medium: said, or reported by others; low
    status: published
    # url: "https://bank.example/loans"

# The terms of the loan.
terms:
  # The least and the most that is lent. Two currencies that stand beside each other are equal limits.
  amount: not_published
  # amount:
  #   limits: [{{currency: {currency}, min: 1000, max: 50000}}]
  #   per: borrower            # or member, where each member of a group borrows for herself
  #   source: page

  # Interest a year: a value (min and max the same), a range, or a margin over a reference.
  rate: not_published
  # rate: {{quoted_on: declining, min: 0.12, max: 0.14, source: page}}        # quoted_on is declining or flat
  # rate: {{quoted_on: declining, reference: MRR, margin: 0.03, source: page}}

  # Months from pay-out to the last instalment, and months before principal is repaid.
  tenor: not_published
  # tenor: {{min_months: 12, max_months: 60, source: page}}
  grace: not_published
  # grace: {{max_months: 12, kind: principal_only, source: page}}     # principal_only: interest is paid; full: nothing

  # How and how often it is repaid. patterns: annuity, equal_principal, interest_only, bullet, balloon, seasonal.
  # every: week, month, quarter, half_year, year.
  repayment: not_published
  # repayment: {{patterns: [annuity, seasonal], every: [month, quarter], source: page}}

  # Fees and compulsory savings, as shares of the loan.
  fees: not_published
  # fees: {{upfront_share_min: 0.01, upfront_share_max: 0.015, prepayment_share: 0, source: page}}
  savings: not_published
  # savings: {{share_first_loan: 0.05, share_later_loans: 0.01, annual_rate_min: 0.10, source: page}}

  # How much is lent against each kind of security; the rest is the haircut. A kind that is taken at a secret share:
  # not_published. only_these: true means that nothing else is taken. Where no security is asked at all, use "security".
  loan_to_value: not_published
  # loan_to_value:
  #   shares: {{titled_land_urban: 0.7, titled_land_rural: 0.6, house: 0.7, vehicle: not_published}}
  #   only_these: true
  #   source: page
  # security: {{required: false, source: page}}

  # Who can borrow: informal_group, association, cooperative, community_enterprise, company, household_business.
  legal_forms: not_published
  # legal_forms: {{accepted: [cooperative, company], source: page}}
  # group: {{min_members: 5, max_members: 30, source: page}}

  # What the loan may not pay for (land, building, equipment, vehicle, tools, livestock, intangible, other), and the
  # most of it that may be working capital.
  uses: not_published
  # uses: {{excluded: [land], working_capital_share_max: 0.2, source: page}}

  # Guarantees that are accepted.
  guarantee: not_published
  # guarantee: {{accepted: true, schemes: ["Name"], share_max: 0.7, fee_share_per_year: 0.01, source: page}}

# What the lender asks and a plan has no place for; it is shown to the cluster, and never judged.
also_asked: []
# also_asked:
#   - {{text: "The borrower is 20 to 60 years old.", source: page}}

# Conditions that no other strength makes up for. Only those that this lender publishes; the rest is taken over.
# Names of facts: finance-kit lenders facts
knock_outs: []
# knock_outs:
#   - {{fact: min_dscr, value: 1.2, source: page}}
#   - {{fact: days_late, value: 30, source: page}}
#   - {{fact: years_in_business, rule: at_least, value: 2, why: "It is too young.", mend: "Wait.", source: page}}

# Points: change a weight (together they are 100) or a scale here, by the id of the criterion. Ids and weights:
# finance-kit lenders show {base_id}
criteria: []
# criteria:
#   - {{id: dscr, scale: [{{at: 1.0, share: 0}}, {{at: 1.2, share: 0.7}}, {{at: 1.5, share: 1}}], source: page}}
"""
_CURRENCY = {"KH": "USD", "MM": "MMK", "TH": "THB", "VN": "VND"}


def starter_text(base: LenderProfile, profile_id: str, file: str, folder: str, today: str) -> str:
    """A starter file for a profile that is based on another one.

    Parameters
    ----------
    base : complete profile, generic or of a lender, with a country
    profile_id : id of the new profile, from :func:`plain_id` where it comes from a file's name
    file, folder : where it will stand, for the comments
    today : as 2026-11-25
    """
    country = base.country or "KH"
    return _TEXT.format(
        base=base.title,
        base_id=base.id,
        id=profile_id,
        title="Name of the lender and of the product",
        lender_type=base.lender_type,
        country=country,
        currency=_CURRENCY[country],
        file=file,
        folder=folder,
        today=today,
    )


def plain_id(name: str) -> str:
    """An id made from a file's name: small letters, figures, underscores.

    >>> plain_id("My Bank-2"), plain_id("2 brothers")
    ('my_bank_2', 'lender_2_brothers')
    """
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return (words if words[:1].isalpha() else f"lender_{words}".rstrip("_"))[:60]
