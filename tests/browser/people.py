"""What a customer and an agent do with the pages."""

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.stage import PASSWORD

# Members of the demo shop who are not waiting already: number, name.
VIP = ("sy-10095", "陈思远")
GOLD = ("sy-10021", "林晓棠")
SILVER = ("sy-10058", "周子墨")
# Two orders of his are under way at once.
TWO_PARCELS = ("sy-11057", "曹俊杰")
REGULAR = ("sy-10132", "王雨桐")
OTHER = ("sy-10169", "李明哲")
STRANGER = ("", "")


def sign_in(page: Page, server: str, username: str, path: str) -> None:
    """Opens an address as this person, and waits until the page is all there: what is typed into half a page is lost."""
    page.goto(f"{server}{path}")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.locator("[name=password]")).to_have_count(0)
    page.wait_for_load_state()


class CustomerAtShop:
    """A customer of the demo shop with the chat open."""

    def __init__(self, page: Page, server: str, who: tuple[str, str] = STRANGER) -> None:
        self.page = page
        number, self.name = who
        page.goto(f"{server}/shop/shanye/?as={number}")
        page.get_by_role("button", name="Open chat").click()
        expect(self.field).to_be_focused()

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    @property
    def field(self) -> Locator:
        return self.chat.get_by_role("textbox", name="Your message")

    def say(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def bubbles(self, author: str) -> Locator:
        """Everything an author said in this conversation: customer, bot or agent."""
        return self.chat.locator(f'.message[data-author="{author}"] .bubble')

    def ask_for_person(self) -> None:
        self.chat.get_by_role("button", name="Talk to a person").click()
        expect(self.chat.get_by_text("A person is coming")).to_be_visible()


class AgentAtDesk:
    """A signed-in agent who takes chats."""

    def __init__(self, page: Page, server: str, *, username: str = "mei") -> None:
        self.page = page
        sign_in(page, server, username, "/desk/")
        expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        expect(self.waiting.first).to_be_visible()

    @property
    def waiting(self) -> Locator:
        return self.page.locator('[data-group="waiting"] .row')

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your message")

    def bubbles(self, author: str) -> Locator:
        return self.page.locator(f'.message[data-author="{author}"] .bubble')

    def choose(self, customer: str) -> None:
        """Opens the waiting conversation of this customer."""
        self.waiting.filter(has_text=customer).click()

    def take(self) -> None:
        self.page.get_by_role("button", name="Take", exact=True).click()
        expect(self.field).to_be_enabled()

    def say(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")
