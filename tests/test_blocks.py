"""Answers as Slack messages: what is shown, in which order, and that Slack would take whatever comes."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Citation, Given
from bot.slack.blocks import message, report, sentence, source
from bot.slack.mrkdwn import escape, shorten, split, typed, unescape
from bot.slack.tabular import grid
from tests.slack_rules import BlocksError, check_message

BOX = (0.0, 0.0, 1.0, 1.0)
QUIET = {"unfurl_links": False, "unfurl_media": False}
CITED = Citation("pack.pdf", "A pack", 14, "Page 12", "8", "Havant  75.15%\n45.66%", BOX)


def figure(entity: str, period: str, end: str, printed: str, met: bool | None = None, code: str = "PI002") -> Given:
    value = printed.rstrip("%")
    return Given("Customer Services", code, "Calls", entity, period, end, end, value, "%", printed, None, met, 1)


MONTHS = [
    figure("Havant", f"{m}-21", f"2021-{n:02}-28", f"{n}.5%", n > 2) for n, m in enumerate(("Jan", "Feb", "Mar"), 1)
]


def kinds(answer: Answer) -> list[str]:
    return [block["type"] for block in message(answer)["blocks"]]


def texts(block: dict[str, Any]) -> str:
    return json.dumps(block, ensure_ascii=False)


class TestMessage:
    """The parts of a message."""

    def test_the_answer_comes_first_and_its_ground_after(self) -> None:
        """What is said, the figures, what was assumed, the sources, what else to ask."""
        answer = Answer("q", "answered", "It fell.", ("2021",), tuple(MONTHS), (), (CITED,), ("and Mendip?",))
        blocks = message(answer)["blocks"]
        assert [b["type"] for b in blocks] == ["section", "table", "context", "context", "context", "context"]
        for block, words in zip(
            blocks, ("It fell.", "Feb-21", "✗", "2021", "pack.pdf · *Page 12*", "and Mendip?"), strict=True
        ):
            assert words in texts(block)

    def test_a_short_answer_is_short(self) -> None:
        """One figure needs no table, and nothing is headed that is not there."""
        assert kinds(Answer("q", "answered", "It was 5%.", figures=(MONTHS[0],))) == ["section"]
        assert sentence("Hello & welcome") == {
            "text": "Hello &amp; welcome",
            "blocks": sentence("Hello & welcome")["blocks"],
        }

    def test_readings_to_choose_from_stand_large(self) -> None:
        """Where the asker must choose, the choices are no footnote."""
        answer = Answer("q", "clarify", "Two services.", suggestions=("PI2 (IT)?", "PI2 (HR)?"))
        assert kinds(answer) == ["section", "section"]
        assert "*Which is meant?*\n• PI2 (IT)?\n• PI2 (HR)?" in message(answer)["blocks"][1]["text"]["text"]
        with_buttons = message(answer, "kept")
        assert with_buttons["blocks"][1]["text"]["text"] == "*Which is meant?*"
        assert [e["text"]["text"] for e in with_buttons["blocks"][2]["elements"]] == ["PI2 (IT)?", "PI2 (HR)?"]
        assert with_buttons["text"] == "Two services.\n• PI2 (IT)?\n• PI2 (HR)?"  # where there are no buttons
        named = tuple(
            f"Compare the answers to calls for {of} (the share answered within 20 seconds, by month)?"
            for of in ("IT", "HR")
        )
        cut = message(replace(answer, suggestions=named), "kept")["blocks"][2]["elements"]
        assert [e["text"]["text"][:6] for e in cut] == ["… IT (", "… HR ("]  # what tells them apart is not cut off
        long = message(replace(answer, suggestions=("PI2 " * 30,)), "kept")
        assert "\n• PI2 PI2" in long["blocks"][1]["text"]["text"]

    @pytest.mark.parametrize(
        ("label", "item", "said"),
        [
            ("Page 12", "8", "pack.pdf · *Page 12* (PDF page 14) · item 8: “Havant 75.15% 45.66%”"),
            ("", "8", "pack.pdf · *PDF page 14* · item 8: “Havant 75.15% 45.66%”"),  # nothing printed on the page
            ("Page 12", "", "pack.pdf · *Page 12* (PDF page 14): “Havant 75.15% 45.66%”"),  # before the first item
            ("Sheet KPIs", "", "pack.pdf · *Sheet KPIs*: “Havant 75.15% 45.66%”"),  # of a workbook
        ],
    )
    def test_a_source_says_where_in_print_and_in_the_file(self, label: str, item: str, said: str) -> None:
        """Packs print other numbers than the PDF's own: both are given."""
        assert source(Citation("pack.pdf", "", 14, label, item, "Havant  75.15%\n45.66%", BOX)) == said

    def test_a_source_is_listed_once(self) -> None:
        """Many cells of one row are one place to look at."""
        cells = tuple(replace(CITED, box=(n, 0.0, n + 1.0, 1.0)) for n in range(6))
        text = message(Answer("q", "answered", "It fell.", citations=cells))["text"]
        assert text.count("pack.pdf") == 1

    def test_what_is_cut_is_said(self) -> None:
        """A cut answer, list of sources or table says how much is missing."""
        cited = tuple(replace(CITED, page=n) for n in range(50))
        many = tuple(figure("Hart", f"P{n}", f"{2000 + n}-01-01", "1%") for n in range(30))
        said = texts(message(Answer("q", "answered", "word " * 2000, figures=many, citations=cited))["blocks"])
        assert "The answer is longer than fits here: 5," in said
        assert "The table shows the latest 24 of 30 periods." in said
        assert re.search(r"Sources.*and \d\d more", said)

    def test_plain_text_holds_answer_figures_and_sources(self) -> None:
        """The notification, and all that an old client shows, stands on its own."""
        text = message(Answer("q", "answered", "It fell.", figures=tuple(MONTHS), citations=(CITED,)))["text"]
        assert text.splitlines()[:3] == ["It fell.", "Period: Havant", "Jan-21: 1.5% ✗"]
        assert text.splitlines()[-1].startswith("1. pack.pdf · *Page 12*")

    @settings(max_examples=60, deadline=None)
    @given(
        st.text(st.sampled_from("ab <>&*\n;`é"), max_size=9000),
        st.lists(st.text(st.sampled_from("a <&>\n"), max_size=900), max_size=30),
        st.lists(st.tuples(st.text(max_size=60), st.text(max_size=40), st.text(max_size=60)), max_size=60),
        st.sampled_from(["answered", "clarify", "not_found", "refused"]),
    )
    def test_slack_takes_whatever_comes(
        self, said: str, lists: list[str], figures: list[tuple[str, str, str]], status: str
    ) -> None:
        """No text, no length and no number of things makes a message that Slack would refuse."""
        cited = tuple(Citation(text, text, 1, text, text, text, BOX) for text in lists)
        given_ = tuple(figure(e, p, p, v, None) for e, p, v in figures)
        answer = Answer("q", status, said or "-", tuple(lists), given_, (), cited, tuple(lists))
        check_message(message(answer) | QUIET)


class TestGrid:
    """The table of figures."""

    def test_one_series_runs_down_by_period(self) -> None:
        """Periods in time's order, whatever the order of the figures."""
        assert grid(MONTHS[::-1]).rows == (
            ("Period", "Havant"),
            ("Jan-21", "1.5% ✗"),
            ("Feb-21", "2.5% ✗"),
            ("Mar-21", "3.5% ✓"),
        )

    def test_many_councils_run_down_in_the_order_given(self) -> None:
        """The longer of councils and periods runs down; a figure that is not there is a dash."""
        figures = [
            figure(e, p, end, "1%") for e in ("Hart", "Mendip", "Havant") for p, end in (("Q1", "1"), ("Q2", "2"))
        ]
        assert grid(figures[:-1]).rows == (
            ("Council", "Q1", "Q2"),
            ("Hart", "1%", "1%"),
            ("Mendip", "1%", "1%"),
            ("Havant", "1%", "–"),
        )

    def test_measures_of_one_council(self) -> None:
        """What tells the rows apart names them: here the measure."""
        figures = [figure("Hart", "Q1", "1", "1%", code=f"PI{n}") for n in range(3)]
        assert [row[0] for row in grid(figures).rows] == ["Measure", "PI0", "PI1", "PI2"]

    def test_unlike_figures_are_listed(self) -> None:
        """Figures that share no periods are a list, not a table full of holes."""
        figures = [figure(f"E{n}", f"P{n}", str(n), f"{n}%") for n in range(3)]
        assert grid(figures).rows == (
            ("Measure", "Period", "Figure"),
            ("E0", "P0", "0%"),
            ("E1", "P1", "1%"),
            ("E2", "P2", "2%"),
        )

    def test_no_figure_hides_another(self) -> None:
        """Two figures for the same council and period, as printed by two papers, are both shown."""
        figures = [figure("Hart", "Q1", "1", printed) for printed in ("1%", "2%", "3%")]
        assert [row[-1] for row in grid(figures).rows] == ["Figure", "1%", "2%", "3%"]


class TestText:
    """Text to and from Slack."""

    @pytest.mark.parametrize(
        ("text", "safe"),
        [
            ("R&D <!here> <@U1>", "R&amp;D &lt;!here&gt; &lt;@U1&gt;"),
            ("&lt;", "&amp;lt;"),  # escaped already in the paper: shown as it stands there
            ("> 80%\n < 5%", "\u2060&gt; 80%\n &lt; 5%"),  # a line that begins with > would be shown as a quotation
            ("*not bold* a*b snake_case", "\u2060*not bold* a*b snake_case"),
        ],
    )
    def test_escape(self, text: str, safe: str) -> None:
        """Nothing in a text is obeyed, and all of it is shown."""
        assert escape(text) == safe

    @given(st.text(st.sampled_from("ab &<>\n;"), max_size=200), st.integers(12, 60))
    def test_a_cut_loses_and_breaks_nothing(self, text: str, most: int) -> None:
        """Head and rest are the whole text but for blanks at the cut, and no escape is cut in two."""
        safe = escape(text)
        head, rest = split(safe, most)
        assert len(head) <= most
        assert "".join((head + rest).split()) == "".join(safe.split())
        assert escape(unescape(head.replace("\u2060", ""))).replace("\u2060", "") == head.replace("\u2060", "")
        assert len(shorten(safe, most)) <= most

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("<@UBOT> how did\nHavant do?", "how did Havant do?"),
            ("<@UBOT|packclerk> R&amp;D &lt; 5%", "R&D < 5%"),
            ("ask <@U2> about <#C1|finance> and <https://example.org/a|this page>", "ask about finance and this page"),
            ("see <https://example.org/a?b=1>", "see https://example.org/a?b=1"),
            ("<mailto:clerk@example.org|the clerk>", "the clerk"),
        ],
    )
    def test_typed(self, text: str, meant: str) -> None:
        """A message is read as its writer sees it."""
        assert typed(text, "UBOT") == meant


class TestRules:
    """The fake's own strictness, without which the tests above would prove nothing."""

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"text": "a & b"}, "unescaped"),
            ({"text": "<!here>"}, "unescaped"),
            ({"text": "a" * 4001}, "4001 characters"),
            ({"text": ""}, "no notification"),
            ({"unfurl_links": True}, "unfurling"),
            ({"link_names": True}, "link_names"),
            ({"blocks": []}, "not 1 to 50"),
            ({"blocks": [{"type": "divider"}] * 51}, "not 1 to 50"),
            ({"blocks": [{"type": "banner"}]}, "unknown"),
            ({"blocks": [{"type": "divider", "text": "x"}]}, "unknown fields"),
            ({"blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]}, "plain_text"),
            ({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]}, "more than 150"),
            ({"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]}, "more than 3000"),
            ({"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<@U1>"}}]}, "unescaped"),
            ({"blocks": [{"type": "section"}]}, "neither"),
            ({"blocks": [{"type": "context", "elements": []}]}, "not 1 to 10"),
            ({"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}]}, "without text"),
            ({"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}]}, "not 1 to 20"),
            ({"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2}, "only_one_table"),
        ],
    )
    def test_a_bad_message_is_refused(self, change: dict[str, Any], why: str) -> None:
        """Each of Slack's rules bites."""
        check_message({"text": "fine"} | QUIET)
        with pytest.raises(BlocksError, match=why):
            check_message({"text": "fine"} | QUIET | change)


def test_the_manifest_asks_for_what_the_bot_uses() -> None:
    """The manifest is JSON that names our command, Socket Mode, every event that we read, and a scope for each call."""
    manifest = json.loads((Path(__file__).parents[1] / "bot" / "slack" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["socket_mode_enabled"]
    assert [c["command"] for c in manifest["features"]["slash_commands"]] == ["/packclerk"]
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert {"app_mention", "message.im", "message.channels", "message.groups", "app_home_opened"} <= events
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    assert {"chat:write", "users:read", "usergroups:read", "channels:read", "im:history", "reactions:write"} <= scopes
    assert len(manifest["features"]["agent_view"]["agent_description"]) <= 300


def test_lines_under_their_heads() -> None:
    """What is set in below a line is a list below a heading, as Slack shows no spaces at a line's beginning; marks in
    it are no styles."""
    told = report("New papers: 1\n  a_b_.pdf: 2 pages\nRestated *figures*: 1\n  PI1 > 80%\nAll is well.")
    said = "*New papers: 1*\n• a_b_.pdf: 2 pages\n*Restated \u2060*figures*: 1*\n• PI1 &gt; 80%\nAll is well."
    assert told["blocks"][0]["text"]["text"].replace("\u2060_", "_") == told["text"].replace("\u2060_", "_") == said
