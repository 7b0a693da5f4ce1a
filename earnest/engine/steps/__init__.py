"""The rules of the next step: one readable table of pure functions."""

from earnest.engine.steps.table import CONDITION_WAITS, RULES, Case, Rule, Step, propose

__all__ = ["CONDITION_WAITS", "RULES", "Case", "Rule", "Step", "propose"]
