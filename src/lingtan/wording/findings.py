"""The sentences of all finding codes, gathered from the rooms' modules."""

from __future__ import annotations

from lingtan.wording.advise import ADVISE_FINDINGS
from lingtan.wording.carbon import CARBON_FINDINGS
from lingtan.wording.case import CASE_FINDINGS
from lingtan.wording.claim import CLAIM_FINDINGS
from lingtan.wording.cli import CLI_FINDINGS
from lingtan.wording.control import CONTROL_FINDINGS
from lingtan.wording.devices import DEVICES_FINDINGS
from lingtan.wording.finance import FINANCE_FINDINGS
from lingtan.wording.forecast_findings import FORECAST_FINDINGS
from lingtan.wording.market import MARKET_FINDINGS
from lingtan.wording.operate import OPERATE_FINDINGS
from lingtan.wording.optimize import OPTIMIZE_FINDINGS
from lingtan.wording.park import PARK_FINDINGS
from lingtan.wording.park_workbook import PARK_WORKBOOK_FINDINGS
from lingtan.wording.pdf import PDF_FINDINGS
from lingtan.wording.plant import PLANT_FINDINGS
from lingtan.wording.resource import RESOURCE_FINDINGS
from lingtan.wording.rulebook import RULEBOOK_FINDINGS
from lingtan.wording.rules import RULES_FINDINGS
from lingtan.wording.sentence import Sentence
from lingtan.wording.series import SERIES_FINDINGS
from lingtan.wording.sheet import SHEET_FINDINGS
from lingtan.wording.twin import TWIN_FINDINGS
from lingtan.wording.web import WEB_FINDINGS
from lingtan.wording.words import WORDS_FINDINGS

FINDINGS: dict[str, Sentence] = {
    **ADVISE_FINDINGS,
    **CARBON_FINDINGS,
    **CASE_FINDINGS,
    **CLAIM_FINDINGS,
    **CLI_FINDINGS,
    **DEVICES_FINDINGS,
    **CONTROL_FINDINGS,
    **FINANCE_FINDINGS,
    **FORECAST_FINDINGS,
    **MARKET_FINDINGS,
    **OPTIMIZE_FINDINGS,
    **OPERATE_FINDINGS,
    **PARK_FINDINGS,
    **PARK_WORKBOOK_FINDINGS,
    **PDF_FINDINGS,
    **PLANT_FINDINGS,
    **RESOURCE_FINDINGS,
    **RULEBOOK_FINDINGS,
    **RULES_FINDINGS,
    **SERIES_FINDINGS,
    **SHEET_FINDINGS,
    **TWIN_FINDINGS,
    **WEB_FINDINGS,
    **WORDS_FINDINGS,
}
