"""How do reported figures come in? Workbook out to be filled in, figures in, refused rows back."""

from zhiheng.evidence.intake.reading import Intake, SheetIntake, figures_in, read_figures
from zhiheng.evidence.intake.rejects import write_rejects
from zhiheng.evidence.intake.template import figures_template

__all__ = ["Intake", "SheetIntake", "figures_in", "figures_template", "read_figures", "write_rejects"]
