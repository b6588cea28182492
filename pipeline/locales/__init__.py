"""Interface strings and what the checks look for, by language and region: one ``<language>.toml`` each."""

from pipeline.locales.locale import Locale, languages, load_locale

__all__ = ["Locale", "languages", "load_locale"]
