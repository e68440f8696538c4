"""A choice in the address: read, shown, written, and the first page again."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from pages.parts.address_choice import AddressChoice

    order = AddressChoice(key="tri", widget="_order", default="nom", options=("nom", "heures"))
    search = AddressChoice(key="recherche", widget="_search", longest=5)
    st.selectbox("Trier par", order.options, **order.bound())
    st.text_input("Chercher", **search.bound())
    st.text(f"{order.value}|{search.value}|{order.query(order.value)}")


def run(**query: str) -> AppTest:
    at = AppTest.from_function(page)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def test_the_default_is_not_in_the_address() -> None:
    assert run().text[0].value == "nom||{}"
    assert run(tri="heures").text[0].value == "heures||{'tri': 'heures'}"


def test_what_is_no_option_is_the_default_and_a_text_is_cut() -> None:
    assert run(tri="<b>", recherche=" voirie et réseaux ").text[0].value == "nom|voiri|{}"


def test_another_choice_is_written_and_begins_at_its_first_page() -> None:
    at = run(page="4", autre="x")
    at.selectbox[0].set_value("heures").run()
    assert at.query_params == {"autre": "x", "tri": "heures"}
    at.selectbox[0].set_value("nom").run()
    assert at.query_params == {"autre": "x"}
    at.text_input[0].set_value("a & b").run()
    assert at.query_params == {"autre": "x", "recherche": "a & b"}


def test_the_widget_shows_what_the_address_says() -> None:
    at = run(tri="heures")
    assert at.selectbox[0].value == "heures"
    del at.query_params["tri"]
    assert at.run().selectbox[0].value == "nom"
