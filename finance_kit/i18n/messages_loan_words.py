"""English words for the explanations of :mod:`finance_kit.loans.explain`: formulas with one contract's numbers."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, str] = {
    "loan_figure_unknown": "{found} is not a figure that can be explained. Please choose one of: {known}.",
    "loan_row_unknown": "{found} is not the number of an instalment; the loan has {instalments}. "
    "Please give a number from 1 to {instalments}.",
    # --- parts of sentences -----------------------------------------------------------------------------------------
    "loan_outcome": "= {result}",
    "loan_outcome_rounded": "= {exact}, {rounded} = {result}",
    "loan_rounded_half_even": "rounded to a multiple of {unit}",
    "loan_rounded_half_up": "rounded to a multiple of {unit}, a half upwards",
    "loan_rounded_up": "rounded up to a multiple of {unit}",
    "loan_drawn_part": "+ {interest} on the {drawn} paid out within the period",
    "loan_waited": "+ interest waiting from earlier periods {sum}",
    "loan_waits": "− interest that waits for later, itself without interest, {sum}",
    "loan_paid_out": "+ paid out {sum}",
    "loan_added": "+ interest added to it {sum}",
    "loan_rate_mixed": "{rate}, which the rates of the period come to,",
    "loan_rate_digits": "{rate}",
    "loan_rule_period": "same as repayment period",
    "loan_part": "{parts}/{whole} year ({rule})",
    "loan_part_days": "{parts}/{whole} year ({rule}, {first} to {end})",
    "loan_part_plain": "{years} year ({rule})",
    "loan_part_plain_days": "{years} year ({rule}, {first} to {end})",
    "loan_fee_part_of_year": "× {part}",
    "loan_fee_with_instalment": "Fee",
    "loan_fee_insurance": "Insurance or welfare",
    "loan_basis_principal": "sum lent",
    "loan_basis_outstanding": "balance owed",
    "loan_basis_instalment": "interest plus principal due",
    "loan_interval_months": "{count} months",
    "loan_interval_weeks": "{count} weeks",
    "loan_interval_days": "{count} days",
    "loan_interval_one_months": "one month",
    "loan_interval_one_weeks": "one week",
    "loan_interval_one_days": "one day",
    # --- interest ---------------------------------------------------------------------------------------------------
    "loan_why_interest": "Interest of instalment {number} = balance owed {balance} × {rate} a year × {part} {drawn} "
    "{outcome}.",
    "loan_why_interest_free": "Period {number} is free of interest by the contract: 0.",
    "loan_why_interest_up_front": "Instalment {number} holds no interest: all of it, {kept}, was kept back at pay-out.",
    "loan_why_interest_advance": "Interest is paid in advance: instalment {number} pays that of period {next}, "
    "{result}.",
    "loan_why_interest_advance_last": "Instalment {number} is the last one. Interest is paid in advance, so that of "
    "its period was paid with the instalment before: 0.",
    "loan_why_interest_capitalised": "Nothing of it is paid with instalment {number}: in this grace the {result} are "
    "added to the balance owed.",
    "loan_why_interest_waits": "Interest paid with instalment {number} = interest of the period {own} {waited} {waits} "
    "= {result}.",
    "loan_why_flat_total": "Flat interest of the whole contract = sum lent {principal} × {rate} a year × "
    "{years} (years) {outcome}, whatever has been repaid.",
    "loan_why_flat_period": "Flat interest of period {number} = sum lent {principal} × {rate} a year × {part} "
    "{outcome}, whatever has been repaid.",
    "loan_why_flat_part": "Interest of instalment {number} = that total {total} / {count} instalments that pay "
    "interest {outcome}.",
    "loan_why_flat_rest": "Interest of instalment {number} = what earlier instalments leave of the total: {total} − "
    "{earlier} = {result}.",
    "loan_why_flat_none": "Instalment {number} pays no interest; it is spread over others: 0.",
    "loan_why_flat_once": "All of it is paid with instalment {number}: {result}.",
    "loan_why_flat_spread": "Instalment {number} pays its part of the total {total}: {result}.",
    # --- instalment and principal -----------------------------------------------------------------------------------
    "loan_why_instalment": "Instalment {number} = interest {interest} + principal {principal} = {result}.",
    "loan_why_instalment_last": "Instalment {number} is the last one: it clears the balance, so it takes what rounding "
    "has left.",
    "loan_why_level": "Level instalment = balance when repayment begins {balance} × {factor} / (1 − (1 + {factor})^−"
    "{count}) {outcome}; {factor} is the rate of one period as the instalment assumes it, {count} the number of "
    "instalments that repay.",
    "loan_why_level_free": "Level instalment without interest = balance when repayment begins {balance} / {count} "
    "instalments {outcome}.",
    "loan_why_level_advance": "Level instalment with interest in advance = balance when repayment begins {balance} × "
    "{factor} / (1 − (1 − {factor})^{count}) {outcome}; {factor} is the rate of one period.",
    "loan_why_level_balloon": "Level instalment = part to be repaid {spread} × {factor} / (1 − (1 + {factor})^−{count})"
    " + interest on the balloon {balloon} × {factor} {outcome}; {factor} is the rate of one period.",
    "loan_why_level_flat": "Level instalment = principal {balance} / {count} + flat interest {total} / {paying}, each "
    "rounded by itself = {result}.",
    "loan_why_level_by_periods": "The level instalment is the one sum that brings the balance to nothing with the last "
    "instalment, each period at its own interest. Here it is {result}.",
    "loan_why_stepped": "The instalments stand to each other as the weights of the contract, and together repay the "
    "balance with its interest.",
    "loan_why_custom": "This instalment is a sum agreed in the contract.",
    "loan_why_principal_grace": "No principal is repaid with instalment {number}: the grace takes the first {grace}.",
    "loan_why_principal_last": "Instalment {number} is the last one and repays the balance that is still owed: "
    "{result}.",
    "loan_why_principal_at_end": "No principal is repaid with instalment {number}: all of it falls due with the last "
    "one, number {last}.",
    "loan_why_principal_level": "Principal of instalment {number} = instalment {instalment} − interest {interest} = "
    "{result}.",
    "loan_why_principal_equal": "Principal of instalment {number} = balance when repayment begins {balance} / {count} "
    "instalments that repay {outcome}.",
    "loan_why_principal_season": "Principal of instalment {number} = balance when repayment begins {balance} × weight "
    "{weight} / sum of all weights {weights} {outcome}.",
    "loan_why_principal_plan": "Principal of instalment {number} = balance before it {opening} {drawn} − balance after "
    "it {closing} = {result}.",
    "loan_why_balance": "Balance after instalment {number} = balance before it {opening} {drawn} {capitalised} − "
    "principal {principal} = {result}.",
    "loan_why_total": "To pay with instalment {number} = interest and principal {instalment} + fees {fees} + savings "
    "{savings} = {result}.",
    # --- fees and savings -------------------------------------------------------------------------------------------
    "loan_why_fees_none": "No fee falls due with instalment {number}.",
    "loan_why_fee_fixed": "{name} with instalment {number}: {result}, a fixed sum.",
    "loan_why_fee_share": "{name} with instalment {number} = {basis} {sum} × {share} {part} {outcome}.",
    "loan_why_fee_share+covered": "{name} with instalment {number} = {basis} {sum} × {share} × covered part {covered} "
    "{part} {outcome}.",
    "loan_why_fees": "Together, the fees of instalment {number} are {result}.",
    "loan_why_upfront_fee": "Up-front fee = sum lent {principal} × {share} {outcome}, kept back at pay-out.",
    "loan_why_upfront_fee+fixed": "Up-front fee = sum lent {principal} × {share} + {fixed} {outcome}, kept back at "
    "pay-out.",
    "loan_why_pay_out_fixed": "{name} = {result}, kept back at pay-out.",
    "loan_why_pay_out_share": "{name} = {basis} {sum} × {share} {outcome}, kept back at pay-out.",
    "loan_why_pay_out_share+covered": "{name} = {basis} {sum} × {share} × covered part {covered} {outcome}, kept back "
    "at pay-out.",
    "loan_why_deposit": "Compulsory savings deposited at pay-out = sum lent {principal} × {share} = {result}.",
    "loan_why_savings": "Savings with instalment {number} = sum lent {principal} × {share} {outcome}.",
    "loan_why_savings_none": "Nothing is saved with instalment {number}.",
    "loan_why_savings_interest": "Interest on the savings = deposits {held} × {rate} a year × {part} {outcome}.",
    "loan_why_savings_back": "With this last instalment the savings come back: {held} + interest of the period "
    "{credited} = {result}.",
    # --- the whole loan ---------------------------------------------------------------------------------------------
    "loan_why_down_payment": "Down payment on the day of the pay-out = sum lent {principal} × {share} = {result}.",
    "loan_why_kept_interest": "Interest kept back at pay-out = {result}.",
    "loan_why_later_pay_outs": "Paid out later = {result}.",
    "loan_why_net_received": "Received in hand = sum lent {principal} − {kept} = {result}.",
    "loan_why_eir": "At {periodic} per period of {interval}, everything that is paid in {instalments} instalments, "
    "fees and savings included and returned savings deducted, is worth {worth} on the day of the pay-out: as much as "
    "was received, {received}. Effective interest rate = (1 + {periodic})^{periods} − 1 = {eir} a year.",
    "loan_why_eir_dated": "At {eir} a year, everything that is paid, each sum discounted by its days / 365, is worth "
    "{worth} on the day of the pay-out: as much as was received, {received}. That rate is the effective interest rate.",
}
