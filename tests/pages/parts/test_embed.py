"""One block of a page in the frame of another site: who may, what is shown, the code to copy."""

import datetime as dt
from pathlib import Path

import pytest

from data.problems import ExtractError
from data.settings import load_settings
from data.words import Words
from pages.server.security_headers import content_security_policy
from tests.extracts import contract, entry
from tests.pages.conftest import Published, Shown, texts

SETTINGS = '[authority]\nname = "Ici"\nepci = "200023414"\n[embed]\nsites = ["{site}"]\n'


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published([contract()], [entry(), entry(entry_id="E2", month=dt.date(2021, 5, 1))])


def test_a_block_alone_has_its_sentence_and_its_source(shown: Shown) -> None:
    source = "Source\u00a0: Autorité à nommer dans les réglages\u202f; données au 31/10/2026"
    assert source not in texts(shown("years/page.py"))
    alone = texts(shown("years/page.py", bloc="annees", annees="2020-2021"))
    assert alone.count(source) == 1
    assert "année" in alone.split(source)[1][:40]  # the filters
    assert texts(shown("years/page.py", bloc="heures_par_an")).count(source) == 1
    assert source not in texts(shown("years/page.py", bloc="ailleurs"))


def test_the_first_block_has_the_answer_of_the_page(shown: Shown) -> None:
    first = texts(shown("years/page.py", bloc="premier"))
    # The chart, not the table below it, under what the page answers.
    assert first.count("Source\u00a0: Autorité à nommer") == 1
    answer = first.split('<p class="cap-answer">')[1].split("</p>")[0]
    assert first.count(answer) == 2


@pytest.mark.parametrize("block", ["premier", "heures_par_maitre_d_ouvrage", "clients_heures", "clients_realisation"])
def test_frames_out_there_have_the_table_that_took_the_place_of_a_chart(shown: Shown, block: str) -> None:
    assert texts(shown("clients/page.py", bloc=block)).count("Source\u00a0: Autorité à nommer") == 1


def test_only_the_sites_of_the_settings_may_frame_it(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(SETTINGS.format(site="https://intranet.example:8443"), encoding="utf-8")
    sites = load_settings(file).embed.sites
    assert "frame-ancestors 'self' https://intranet.example:8443" in content_security_policy((), sites)
    assert content_security_policy(()).endswith("frame-ancestors 'self'")


@pytest.mark.parametrize("site", ["*", "intranet.example", "https://a.example; script-src *", "https://a.example/path"])
def test_what_is_no_site_is_refused(tmp_path: Path, site: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(SETTINGS.format(site=site), encoding="utf-8")
    with pytest.raises(ExtractError) as refused:
        load_settings(file)
    assert "embed.sites" in refused.value.text(Words("fr"))
