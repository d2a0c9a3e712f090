"""Reading articles: from a file, standard input or a URL to an `Article`. The only room that reads input.

One file a format, each a function from bytes to an `Article`: `plain`, `markdown`, `html`, `docx`, and `jsonl` for many
in one file. What they share: `encodings` (bytes to characters) and `blocks` (markup to paragraphs). `files` finds the
format by the file's name, `url` by what the server says.
"""

from claimcheck.article.files import read_article, read_articles
from claimcheck.article.types import MAX_BYTES, Article
from claimcheck.article.url import read_url

__all__ = ["MAX_BYTES", "Article", "read_article", "read_articles", "read_url"]
