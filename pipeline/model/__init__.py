"""The article model: pure frozen dataclasses, no input or output."""
