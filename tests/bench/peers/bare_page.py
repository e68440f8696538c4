"""An empty Streamlit page with one Plotly chart: what no page of ours can be faster than."""

import plotly.graph_objects as go
import streamlit as st

st.title("One chart")
st.plotly_chart(go.Figure(go.Scatter(x=list(range(12)), y=[n * n for n in range(12)])))
