"""The rules of the next step: one readable table of pure functions."""

from earnest.engine.steps.table import RULES, Case, Rule, Step, propose

__all__ = ["RULES", "Case", "Rule", "Step", "propose"]
