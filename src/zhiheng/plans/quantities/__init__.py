"""Where does a paper state a quantity of an indicator, and what does it say of it? The grammar of mentions."""
