"""Interface strings and what the checks look for, by language and region: one ``<language>.toml`` each."""

from pipeline.locales.locale import Locale, load_locale

__all__ = ["Locale", "load_locale"]
