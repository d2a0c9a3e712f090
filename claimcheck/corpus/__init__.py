"""Our own corpus: its types, its format, its checks and its converters. Imports nothing of the inference rooms."""

from claimcheck.corpus.annotation import GoldArticle, GoldAttribution, GoldSentence, GoldSpeaker
from claimcheck.corpus.folder import walk
from claimcheck.corpus.inline import InlineError
from claimcheck.corpus.records import to_record

__all__ = ["GoldArticle", "GoldAttribution", "GoldSentence", "GoldSpeaker", "InlineError", "to_record", "walk"]
