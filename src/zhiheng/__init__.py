"""Zhiheng 质衡: from the sentence that promised a number to the record that proves it."""

__version__ = "0.1.0"
