"""The first steps of a reader on Windows, in a process of its own: what it finds is printed as JSON."""

import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.windows.as_windows import as_windows


def _html(page: Any) -> str:
    return "\n".join(str(part.proto.body) for part in page.get("html"))


def main() -> None:
    as_windows()
    from streamlit.testing.v1 import AppTest

    from data.publish import publish
    from data.release.first_start import ensure_release
    from data.release.history import go_back
    from data.release.pointer import current_id
    from data.settings import load_settings
    from pages.frame.menu import PAGES
    from queries import answers
    from queries.open_release import open_release
    from queries.rights.access import Access
    from queries.rights.readers import LOCAL
    from queries.scope import Scope
    from tests.extracts import TODAY
    from tests.streamlit_private import open_address

    release = ensure_release()
    pointer = release.path.parents[1] / "current"
    found: dict[str, Any] = {"release": release.id, "pointer": pointer.read_bytes().decode()}
    access = Access(database=open_release(release, load_settings()), rights=LOCAL.rights)
    found["hours"] = float(answers.headline(access, Scope())["hours_validated"])
    again = publish([release.file("contracts.parquet"), release.file("hours.parquet")], today=TODAY)
    found["again"] = [again.id, current_id()]
    found["back"] = [go_back().id, current_id()]
    frame = str(Path(__file__).parents[2] / "pages" / "frame" / "page.py")
    paths = {page.script: page.path for page in PAGES}
    for name, script in (("first", ""), ("sql", "sql/page.py")):
        page = AppTest.from_file(frame, default_timeout=60)
        if script:
            open_address(page, paths[script])
        page.run()
        found[name] = {"html": _html(page), "errors": [error.message for error in page.exception]}
    sys.stdout.write("\n" + json.dumps(found) + "\n")
    sys.stdout.flush()
    os._exit(0)  # pytest and Streamlit tidy up with what this process no longer has


if __name__ == "__main__":
    main()
