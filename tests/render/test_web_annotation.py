"""Reports as W3C Web Annotations: what the model requires, and what an annotation tool shows of them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest

from claimcheck.render import webannotation
from claimcheck.report import Report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent


def items(report: Report, **options: Any) -> list[dict[str, Any]]:
    found = json.loads(webannotation.render(report, **options))["items"]
    assert isinstance(found, list)
    return found


def named(found: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(a for a in found if a["id"].endswith(f"#{name}"))


def selectors(target: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {s["type"]: s for s in target["selector"]}


def test_pages_have_what_the_model_requires(reports: dict[str, Report], hostile: Report, odd: Report) -> None:
    schema = json.loads((HERE / "web-annotation.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for report in [*reports.values(), hostile, odd]:
        page = json.loads(webannotation.render(report))
        assert [error.message for error in validator.iter_errors(page)] == []
        assert page["partOf"]["total"] == len(page["items"])
        ids = [a["id"] for a in page["items"]]
        assert len(set(ids)) == len(ids)
        webannotation.render(report).encode("utf-8")


def test_both_selectors_select_the_same_words(reports: dict[str, Report]) -> None:
    for report in reports.values():
        for annotation in items(report):
            for target in annotation["target"]:
                found = selectors(target)
                position, quote = found["TextPositionSelector"], found["TextQuoteSelector"]
                assert report.text[position["start"] : position["end"]] == quote["exact"]
                around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
                assert around in report.text


def test_sentences_are_classified_with_their_label(war: Report) -> None:
    found = items(war)
    for i, sentence in enumerate(war.sentences):
        annotation = named(found, f"sentence-{i}")
        assert annotation["motivation"] == "classifying"
        assert annotation["body"][0] == {
            "type": "TextualBody",
            "value": sentence.label,
            "format": "text/plain",
            "purpose": "classifying",
        }


def test_claims_are_identified_with_their_speakers_outermost_first(war: Report) -> None:
    found = items(war)
    for claim in war.claims:
        annotation = named(found, f"claim-{claim.id}")
        names = [b["value"] for b in annotation["body"] if b["purpose"] == "identifying"]
        assert names == war.speaker_names(claim)
        assert len(annotation["target"]) == len(claim.content)


def test_sources_and_cues_are_linked_to_their_claim(war: Report) -> None:
    found = items(war)
    ids = {a["id"] for a in found}
    for claim in war.claims:
        for name, span in (("source", claim.source), ("cue", claim.cue)):
            linked = [a for a in found if a["id"].endswith(f"#claim-{claim.id}-{name}")]
            assert len(linked) == (span is not None)
            for annotation in linked:
                tag, link = annotation["body"]
                assert tag["value"] == name
                assert link["source"] in ids
                assert link["source"].endswith(f"#claim-{claim.id}")


def test_the_article_is_named_by_its_address_or_else_by_its_text(war: Report) -> None:
    def sources(**options: Any) -> set[str]:
        return {t["source"] for a in items(war, **options) for t in a["target"]}

    assert sources(source="https://news.example/a") == {"https://news.example/a"}
    assert sources() == sources()
    assert len(sources()) == 1
    other = msgspec.structs.replace(war, text=war.text + " ")
    assert sources() != {t["source"] for a in items(other) for t in a["target"]}


@pytest.mark.browser
def test_an_annotation_tool_shows_every_annotation_on_its_words(chromium: Browser, war: Report) -> None:
    modules = Path(os.environ.get("CLAIMCHECK_NODE_MODULES") or HERE / "node_modules")
    tool = modules / "@recogito" / "text-annotator" / "dist" / "text-annotator.umd.js"
    if not tool.is_file():
        pytest.skip("Recogito is not installed: npm install --prefix tests/render")
    page = chromium.new_page()
    page.set_content("<main style='white-space: pre-wrap; width: 40em'></main>")
    page.locator("main").evaluate("(main, text) => main.textContent = text", war.text)
    # The tool's file for script tags asks for Node's environment.
    page.evaluate("window.process = { env: {} }")
    page.add_script_tag(path=tool)
    read = page.evaluate(
        """([annotations, source]) => {
          const main = document.querySelector('main');
          const adapter = RecogitoJS.W3CTextFormat(source, main);
          const annotator = RecogitoJS.createTextAnnotator(main, { adapter });
          const refused = annotations.map(a => adapter.parse(a)).filter(p => p.error).map(p => String(p.error));
          annotator.setAnnotations(annotations);
          const words = {};
          for (const a of annotator.state.store.all()) {
            words[a.id] = a.target.selector.map(s => s.range.toString());
          }
          return { refused, words, back: annotator.getAnnotations() };
        }""",
        [items(war, source="https://news.example/a"), "https://news.example/a"],
    )
    page.close()
    assert read["refused"] == []
    expected = {a["id"]: [selectors(t)["TextQuoteSelector"]["exact"] for t in a["target"]] for a in items(war)}
    assert read["words"] == expected
    values = {a["id"]: [b.get("value") for b in a["body"]] for a in read["back"]}
    assert values == {a["id"]: [b.get("value") for b in a["body"]] for a in items(war)}
