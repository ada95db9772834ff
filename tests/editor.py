"""An editor's browser without the pictures: signs in, fills in the admin's own forms, sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

import httpx


class FormReader(HTMLParser):
    """The fields of the form with a given id, with the values that the page shows."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.fields: dict[str, str] = {}
        self.inside = False
        self.text: str | None = None
        self.choice: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name"), given.get("value") or ""
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        elif not self.inside or "disabled" in given:
            return
        elif tag == "input" and name and given.get("type") not in {"submit", "checkbox", "radio", "file"}:
            self.fields[name] = value
        elif tag == "textarea" and name:
            self.text, self.fields[name] = name, ""
        elif tag == "select" and name:
            self.choice = name
        elif tag == "option" and self.choice and "selected" in given:
            self.fields[self.choice] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.choice = None

    def handle_data(self, data: str) -> None:
        if self.text:
            self.fields[self.text] += data


@dataclass
class Editor:
    """A signed-in person at one web process."""

    url: str
    username: str
    password: str
    browser: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.browser = httpx.Client(base_url=self.url, follow_redirects=True, timeout=30)
        page = self.browser.get("/admin/login/")
        fields = read_form(page.text, "login-form") | {"username": self.username, "password": self.password}
        entered = self.browser.post("/admin/login/", data=fields, headers={"Referer": self.url})
        assert "login-form" not in entered.text, "the password was refused"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self.browser.close()

    def save_and_publish(self, article_id: int, **changes: str) -> httpx.Response:
        """Changes the article's form and presses "Save and publish"; returns the page that follows."""
        address = f"/admin/kb/article/{article_id}/change/"
        fields = read_form(self.browser.get(address).text, "article_form")
        sent = self.browser.post(
            address, data=fields | changes | {"_publish": "1"}, headers={"Referer": f"{self.url}{address}"}
        )
        assert sent.status_code == 200, sent.text[:500]
        return sent


def read_form(page: str, form_id: str) -> dict[str, str]:
    reader = FormReader(form_id)
    reader.feed(page)
    assert reader.fields, f"there is no form {form_id} on the page"
    return reader.fields
