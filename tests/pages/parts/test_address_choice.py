"""A choice in the address: read, shown, written, and the first page again."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from pages.parts.address_choice import AddressChoice, one_of, several_of, text_of

    order = one_of(key="tri", widget="_order", default="nom", options=("nom", "heures"), forgets=("villes",))
    search = text_of(key="recherche", widget="_search", longest=5)
    towns = several_of(key="villes", widget="_towns", options=("Elbeuf", "Oissel", "a, b"), most=2)
    hours = AddressChoice(
        key="plus", widget="_hours", read=lambda text: int(text or 0), written=lambda value: f"{value:03}"
    )
    st.selectbox("Trier par", order.options, **order.bound())
    st.text_input("Chercher", **search.bound())
    st.multiselect("Villes", towns.options, **towns.bound(instead=towns.value or ("Oissel",)))
    st.slider("Heures", 0, 9, **hours.bound())
    st.text(f"{order.value}|{search.value}|{order.query(order.value)}|{towns.value}|{hours.value}")


def run(**query: str) -> AppTest:
    at = AppTest.from_function(page)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def test_the_default_is_not_in_the_address() -> None:
    assert run().text[0].value == "nom||{}|()|0"
    assert run(tri="heures").text[0].value == "heures||{'tri': 'heures'}|()|0"


def test_what_is_no_option_is_the_default_and_a_text_is_cut() -> None:
    assert run(tri="<b>", recherche=" voirie et réseaux ", villes="Paris,,Elbeuf").text[0].value == (
        "nom|voiri|{}|('Elbeuf',)|0"
    )


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


def test_several_are_read_in_the_order_of_the_options_and_those_that_are_too_many_are_left_out() -> None:
    at = run(villes="a%2C b,Oissel,Elbeuf")
    assert at.text[0].value.endswith("|('Elbeuf', 'Oissel')|0")
    assert at.multiselect[0].value == ["Elbeuf", "Oissel"]
    at.multiselect[0].set_value(["a, b"]).run()
    assert at.query_params == {"villes": "a%2C%20b"}
    at.multiselect[0].set_value([]).run()
    assert at.query_params == {}
    assert at.multiselect[0].value == ["Oissel"]


def test_what_means_nothing_for_another_choice_goes_with_it() -> None:
    at = run(villes="Elbeuf", plus="004")
    at.selectbox[0].set_value("heures").run()
    assert at.query_params == {"tri": "heures", "plus": "004"}


def test_a_number_has_the_text_that_its_choice_gives_it() -> None:
    at = run()
    at.slider[0].set_value(7).run()
    assert at.query_params == {"plus": "007"}
    at.slider[0].set_value(0).run()
    assert at.query_params == {}
