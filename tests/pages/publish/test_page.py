"""The page that publishes, as the publisher goes through it: files, questions, figures, publish, back."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.preparation.__main__ import main
from data.preparation.folder import Preparation, kept_mapping, preparation_of
from data.preparation.state import Phase, state_of
from data.release.pointer import current_release
from data.release.publishing import publishing_lock
from data.settings import DEFAULT_FILE, load_settings
from tests.extracts import contract, entry, publish_rows
from tests.pages.conftest import Shown, texts

CONTRACTS = """Réf. marché;Intitulé;Donneur d'ordre;Type de clause;Heures à réaliser;Date de notification;Date de fin;Statut
24-1;Gymnase;Ville A;Article 14 ancien;1200;15/01/2024;31/12/2025;En cours
24-2;Nettoyage;Dépt 99;Art. L2112-2;800;15/02/2024;;Terminé
"""
HOURS = "Réf. marché;Mois;Heures réalisées;SIAE\n24-1;31/03/2024;140,5;NET+\n24-2;30/04/2024;35;NET+\n"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of settings of the test's own, in which the authority is no longer that of the demonstration."""
    found = tmp_path / "settings.toml"
    found.write_text(
        DEFAULT_FILE.read_text(encoding="utf-8").replace("[authority]\ndemo = true", "[authority]"), encoding="utf-8"
    )
    monkeypatch.setenv("CAP_SETTINGS", str(found))
    return found


@pytest.fixture(autouse=True)
def release(tmp_path: Path, settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_rows(tmp_path, [contract(client_name="Ancien client")], [entry()])
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


@pytest.fixture
def local() -> Preparation:
    """Of who reads at this machine."""
    return preparation_of("local")


def drop(preparation: Preparation, name: str, text: str) -> None:
    incoming = preparation.incoming()
    incoming.write_text(text, encoding="utf-8")
    preparation.take(incoming, name)


@pytest.fixture
def dropped(local: Preparation) -> Preparation:
    drop(local, "marches.csv", CONTRACTS)
    drop(local, "heures.csv", HOURS)
    return local


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads is over when the page goes on."""
    monkeypatch.setattr("pages.publish.acts.start", lambda preparation: main(preparation.folder))


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception, page.exception[0].message
    return page


def submit(page: AppTest) -> AppTest:
    """Answers the form."""
    button = next(button for button in page.button if button.label == "Vérifier avec ces réponses")
    button.click().run()
    assert not page.exception, page.exception[0].message
    return page


def menu_of(page: AppTest, label: str) -> str:
    """What the menu of a header or of a text says, as it is drawn."""
    found = next(menu for menu in page.selectbox if menu.label.startswith(label))
    return str(found.proto.options[found.proto.default])


class TestAMonth:
    def test_from_the_files_to_the_figures_that_serve(self, shown: Shown, dropped: Preparation) -> None:
        page = shown("publish/page.py")
        assert "lancez la vérification" in texts(page)
        press(page, "publish_read")
        assert "Confirmez ce que sont vos colonnes" in texts(page)
        assert menu_of(page, "Heures réalisées") == "Heures réalisées *"
        assert menu_of(page, "SIAE") == "Ne pas lire"
        assert menu_of(page, "Dépt 99") == "Département"
        assert (
            "Heures d’insertion, Ligne de déclaration\u00a0: composé à partir de «\u00a0nom du fichier\u00a0» et «\u00a0numéro de ligne\u00a0»."
            in texts(page)
        )

        submit(page)
        result = texts(page)
        assert "Rien ne s’oppose à la publication" in result
        assert "175,50\u00a0h réalisées au 30 avril 2024, contre 10,00\u00a0h au 31 octobre 2026" in result
        assert "+165,50\u00a0h" in result
        # By hand: 2020 had 10 h and has none, 2024 has 140.50 + 35.
        assert (
            '<th scope="row">2020</th><td class="number">10,00</td><td class="number">–</td><td class="number">−10,00</td>'
            in result
        )
        assert (
            '<th scope="row">2024</th><td class="number">–</td><td class="number">175,50</td><td class="number">175,50</td>'
            in result
        )
        assert "Ancien client" in result
        assert "Communes\u00a0: aucune colonne de lieu d’exécution." in result
        before = current_release()

        press(page, "publish_serve")
        after = current_release()
        assert after is not None
        assert after != before
        assert after.hours_validated == 175.5
        assert page.success[0].value.startswith("Publié")
        assert "par" not in texts(page).split("Historique")[1][:50]
        assert "<td>local</td>" in texts(page)
        assert kept_mapping().is_file()
        assert state_of(dropped).phase is Phase.EMPTY

        press(page, "publish_back")
        assert current_release() == before
        assert page.success[0].value.startswith("De nouveau en service")

    def test_an_answer_of_a_menu_is_what_is_read(self, shown: Shown, dropped: Preparation) -> None:
        page = press(shown("publish/page.py"), "publish_read")
        next(menu for menu in page.selectbox if menu.label.startswith("Art")).set_value("criterion")
        submit(page)
        assert "Rien ne s’oppose à la publication" in texts(page)
        press(page, "publish_serve")
        assert "criterion" in kept_mapping().read_text(encoding="utf-8")

    def test_what_is_wrong_stands_with_its_place(self, shown: Shown, dropped: Preparation) -> None:
        drop(dropped, "heures.csv", HOURS.replace("140,5", "beaucoup").replace("35;", "peu;"))
        page = submit(press(shown("publish/page.py"), "publish_read"))
        assert "Ce qu’il faut corriger" in texts(page)
        assert "heures.csv, ligne 2, colonne Heures réalisées" in texts(page)
        assert not [button for button in page.button if button.key == "publish_serve"]

    def test_a_file_is_taken_away_and_all_of_them(self, shown: Shown, dropped: Preparation) -> None:
        page = press(shown("publish/page.py"), "publish_remove_0")
        assert [file.name for file in dropped.files] == ["marches.csv"]
        press(page, "publish_discard")
        assert not dropped.folder.exists()


class TestAFirstPublish:
    """Invented figures give way to one's own: whose they are is asked before they serve."""

    PLACES = (
        CONTRACTS.replace("Statut\n", "Statut;Commune\n")
        .replace("En cours\n", "En cours;Caen\n")
        .replace("Terminé\n", "Terminé;\n")
    )

    @pytest.fixture
    def begun(self, shown: Shown, local: Preparation, settings: Path) -> AppTest:
        settings.write_bytes(DEFAULT_FILE.read_bytes())
        drop(local, "marches.csv", self.PLACES)
        drop(local, "heures.csv", HOURS)
        return submit(press(shown("publish/page.py"), "publish_read"))

    def test_nothing_serves_before_it_has_a_name(self, begun: AppTest) -> None:
        assert "Pour qui publiez-vous" in texts(begun)
        assert not [button for button in begun.button if button.key == "publish_serve"]
        assert begun.text_input(key="publish_epci").value == "200065597"
        assert "48 communes, dont Caen, Hérouville-Saint-Clair et Ifs" in texts(begun)
        next(button for button in begun.button if button.label == "Enregistrer").click().run()
        assert begun.error[0].value.startswith("Donnez le nom")

    def test_the_answers_are_the_settings(self, begun: AppTest, settings: Path) -> None:
        begun.text_input(key="publish_name").input("Caen la Mer")
        begun.number_input(key="publish_since").set_value(2009)
        next(button for button in begun.button if button.label == "Enregistrer").click().run()
        found = load_settings(settings).authority
        assert (found.name, found.epci, found.since, found.clients, found.demo) == (
            "Caen la Mer",
            "200065597",
            2009,
            (),
            False,
        )
        # Read again: the communes of the authority are others than before.
        press(begun, "publish_serve")
        assert begun.success[0].value.startswith("Publié")

    def test_an_epci_that_is_none_is_refused(self, begun: AppTest, settings: Path) -> None:
        begun.text_input(key="publish_name").input("Caen la Mer")
        begun.text_input(key="publish_epci").input("999999999")
        next(button for button in begun.button if button.label == "Enregistrer").click().run()
        assert "999999999 n’est le SIREN d’aucun EPCI" in begun.error[0].value
        assert settings.read_bytes() == DEFAULT_FILE.read_bytes()

    def test_a_commune_names_its_epci_and_milestones_of_another_authority_go(
        self, begun: AppTest, settings: Path
    ) -> None:
        assert "le million et le deuxième million" in begun.checkbox(key="publish_milestones").label
        begun.text_input(key="publish_name").input("Caen la Mer")
        begun.text_input(key="publish_epci").input("ifs")
        next(button for button in begun.button if button.label == "Enregistrer").click().run()
        found = load_settings(settings)
        assert found.authority.epci == "200065597"
        assert all(milestone.demo for milestone in found.milestones)

    def test_milestones_are_kept_where_one_says_so(self, begun: AppTest, settings: Path) -> None:
        begun.text_input(key="publish_name").input("Caen la Mer")
        begun.checkbox(key="publish_milestones").check()
        next(button for button in begun.button if button.label == "Enregistrer").click().run()
        assert [each.id for each in load_settings(settings).milestones if not each.demo] == ["million_1", "million_2"]


class TestTrace:
    def test_every_act_has_its_line_without_a_name_or_a_value(
        self, shown: Shown, dropped: Preparation, tmp_path: Path
    ) -> None:
        page = submit(press(shown("publish/page.py"), "publish_read"))
        press(page, "publish_serve")
        press(page, "publish_back")
        (file,) = (tmp_path / "extracts" / "trace").glob("access-*.jsonl")
        text = file.read_text(encoding="ascii")
        lines = [json.loads(line) for line in text.splitlines()]
        acts = [line["question"] for line in lines if line["question"].startswith("publish")]
        assert acts == ["publish: check", "publish: check", "publish: serve", "publish: go back"]
        assert all(line["reader"] == "local" for line in lines)
        assert "heures.csv" not in text
        assert "Ville A" not in text


class TestSomebodyElse:
    def test_at_work_is_named_by_what_happens(
        self, shown: Shown, dropped: Preparation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = shown("publish/page.py")
        with publishing_lock():
            press(page, "publish_read")
        assert "une autre publication est en cours" in texts(page)
        # What was dropped is still there.
        assert len(dropped.files) == 2

    def test_who_published_meanwhile_is_no_accident(self, shown: Shown, dropped: Preparation, tmp_path: Path) -> None:
        page = submit(press(shown("publish/page.py"), "publish_read"))
        other = publish_rows(tmp_path, [contract()], [entry(entry_id="E9")])
        press(page, "publish_serve")
        assert "une autre publication a été mise en service" in page.error[0].value
        assert current_release() == other
