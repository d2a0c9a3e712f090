"""Reports to something to look at: one file a format. Each has ``render(report, ...) -> str``."""
