"""The first page as most people write it: everything in a pandas frame in memory, a groupby per figure, Plotly Express.

It reads the same sources (the folder in CAP_BENCH_SOURCES), and shows the total, the cumulative curve and the hours of each year.
"""

import os
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st


@st.cache_data
def load(folder: str) -> pd.DataFrame:
    """Every line of hours with its lot."""
    hours = pd.read_parquet(Path(folder) / "hours.parquet")
    contracts = pd.read_parquet(Path(folder) / "contracts.parquet")
    return hours.merge(contracts, on=["contract_id", "lot_id"], suffixes=("", "_lot"))


data = load(os.environ["CAP_BENCH_SOURCES"])
years = data["month"].astype("datetime64[ns]").dt.year
types = st.multiselect("Type de maître d’ouvrage", sorted(data["client_type"].unique()))
clauses = st.multiselect("Type de clause", sorted(data["clause_category"].unique()))
first, last = st.slider("Années", int(years.min()), int(years.max()), (int(years.min()), int(years.max())))

found = data[years.between(first, last) & data["counts_in_total"].fillna(True) & (data["status"] != "rejected")]
if types:
    found = found[found["client_type"].isin(types)]
if clauses:
    found = found[found["clause_category"].isin(clauses)]
hours = found["hours_validated"].astype(float)

st.title("Où en est-on du million d’heures ?")
places = st.columns(4)
places[0].metric("Heures réalisées", f"{hours.sum():,.0f}")
places[1].metric("Bénéficiaires", found["participant_id"].nunique())
places[2].metric("Marchés", found["contract_id"].nunique())
places[3].metric("Lots", len(found[["contract_id", "lot_id"]].drop_duplicates()))
monthly = hours.groupby(found["month"]).sum().cumsum().reset_index()
st.plotly_chart(px.area(monthly, x="month", y="hours_validated"))
yearly = hours.groupby(years).sum().reset_index()
st.plotly_chart(px.bar(yearly, x="month", y="hours_validated"))
by_type = hours.groupby([years, found["client_type"]]).sum().reset_index()
st.plotly_chart(px.bar(by_type, x="month", y="hours_validated", color="client_type"))
