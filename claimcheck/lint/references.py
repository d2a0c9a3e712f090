"""Published style guides and codes of ethics that the rules refer to.

They are named, never quoted: editions differ and page numbers move. ``about`` says in our words what the work asks
for, as far as a rule leans on it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A published work and what a rule takes from it, in our own words."""

    work: str
    about: str

    def on(self, about: str) -> Reference:
        """The same work, on another matter."""
        return Reference(self.work, about)


AP = Reference("The Associated Press Stylebook", "")
AP_VALUES = Reference("The Associated Press, Statement of News Values and Principles", "")
BBC = Reference("BBC Editorial Guidelines", "")
CHICAGO = Reference("The Chicago Manual of Style", "")
IFJ = Reference("International Federation of Journalists, Global Charter of Ethics for Journalists", "")
IPSO = Reference("IPSO, Editors' Code of Practice", "")
NPR = Reference("NPR Ethics Handbook", "")
REUTERS = Reference("Reuters Handbook of Journalism", "")
SPJ = Reference("Society of Professional Journalists, Code of Ethics", "")
