"""One file a rule; :mod:`claimcheck.lint.registry` lists them."""
