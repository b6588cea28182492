"""Words and sentences of a language: normal forms, sentences, word forms, negation, quotation, readability."""
