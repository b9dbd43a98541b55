"""What did the rulebook say on that day? Strict YAML, dated rules, layers, messages, the catalogue of indicators, places."""
