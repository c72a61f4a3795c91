"""The constants of 0.3.x. Each is taken from what is used here, so that none can differ from it."""

from __future__ import annotations

from wyseos.generated.api.agent import get_agent, list_agents
from wyseos.generated.api.browser import get_browser, list_browser_pages, list_browsers, release_browser
from wyseos.generated.api.marketing import get_report, list_research_tweets, update_report
from wyseos.generated.api.product import create_product, get_product, list_categories
from wyseos.generated.api.session import (
    create_session,
    get_marketing_data,
    get_session,
    list_messages,
    list_messages_between,
)
from wyseos.generated.api.team import get_team, list_teams
from wyseos.generated.api.user import list_api_keys
from wyseos.mate.files import EXTENSIONS
from wyseos.mate.files import MAX_FILE_SIZE as MAX_FILE_SIZE
from wyseos.mate.pages import MAX_PAGE_SIZE as MAX_PAGE_SIZE
from wyseos.mate.pages import ListOptions
from wyseos.mate.settings.search import FILE_NAME
from wyseos.mate.settings.table import SETTINGS

SUPPORTED_EXTENSIONS = list(EXTENSIONS)

DEFAULT_CONFIG_FILE = FILE_NAME
DEFAULT_BASE_URL: str = SETTINGS["base_url"].default
DEFAULT_TIMEOUT: int = SETTINGS["timeout"].default

DEFAULT_PAGE_NUM = ListOptions().page_num
DEFAULT_PAGE_SIZE = ListOptions().page_size
MIN_PAGE_SIZE = 1

WEBSOCKET_HEARTBEAT_INTERVAL = 30
WEBSOCKET_MAX_MESSAGE_SIZE = 64 * 2**20
PRODUCT_POLL_INTERVAL = 20
PRODUCT_POLL_MAX_ATTEMPTS = 30

HEADER_API_KEY = "x-api-key"
HEADER_AUTHORIZATION = "Authorization"
HEADER_CONTENT_TYPE = "Content-Type"
HEADER_USER_AGENT = "User-Agent"
HEADER_ACCEPT = "Accept"
HEADER_REQUEST_ID = "X-Request-ID"
CONTENT_TYPE_JSON = "application/json"
CONTENT_TYPE_FORM = "application/x-www-form-urlencoded"
CONTENT_TYPE_MULTIPART = "multipart/form-data"

ENDPOINT_API_KEY_LIST = list_api_keys.OPERATION.path
ENDPOINT_TEAM_LIST = list_teams.OPERATION.path
ENDPOINT_TEAM_INFO = get_team.OPERATION.path
ENDPOINT_AGENT_LIST = list_agents.OPERATION.path
ENDPOINT_AGENT_INFO = get_agent.OPERATION.path
ENDPOINT_SESSION_CREATE = create_session.OPERATION.path
ENDPOINT_SESSION_INFO = get_session.OPERATION.path
ENDPOINT_SESSION_MESSAGES = list_messages.OPERATION.path
ENDPOINT_SESSION_MESSAGES_BETWEEN = list_messages_between.OPERATION.path
ENDPOINT_SESSION_MARKETING_DATA = get_marketing_data.OPERATION.path
ENDPOINT_SESSION_WEBSOCKET = "/session/ws/{session_id}"
ENDPOINT_MARKETING_PRODUCT_INFO = get_product.OPERATION.path
ENDPOINT_MARKETING_REPORT_INFO = get_report.OPERATION.path
ENDPOINT_MARKETING_REPORT_UPDATE = update_report.OPERATION.path
ENDPOINT_MARKETING_RESEARCH_TWEETS = list_research_tweets.OPERATION.path
ENDPOINT_PRODUCT_CREATE = create_product.OPERATION.path
ENDPOINT_PRODUCT_CATEGORIES = list_categories.OPERATION.path
ENDPOINT_BROWSER_INFO = get_browser.OPERATION.path
ENDPOINT_BROWSER_LIST = list_browsers.OPERATION.path
ENDPOINT_BROWSER_RELEASE = release_browser.OPERATION.path
ENDPOINT_BROWSER_PAGE_LIST = list_browser_pages.OPERATION.path

PRODUCT_STATUS_PENDING = "pending"
PRODUCT_STATUS_COMPLETED = "completed"

SESSION_STATUS_CREATED = "created"
SESSION_STATUS_ACTIVE = "active"
SESSION_STATUS_COMPLETE = "complete"
SESSION_STATUS_PAUSED = "paused"
SESSION_STATUS_STOPPED = "stopped"
SESSION_STATUS_ERROR = "error"

PLATFORM_EXTENSION = "extension"
PLATFORM_API = "api"
PLATFORM_WEB = "web"

MODE_MARKETING = "marketing"

RICH_TYPE_MARKETING_TWEET_REPLY = "marketing_tweet_reply"
RICH_TYPE_MARKETING_TWEET_INTERACT = "marketing_tweet_interact"
RICH_TYPE_WRITER_TWITTER = "writer_twitter"
RICH_TYPE_MARKETING_REPORT = "marketing_report"
RICH_TYPE_MARKETING_RESEARCH_TWEETS = "marketing_research_tweets"
RICH_TYPE_FOLLOW_UP_SUGGESTION = "follow_up_suggestion"
RICH_TYPE_X_BROWSER_ACTION = "x_browser_action"
RICH_TYPE_SKILL = "skill"

BROWSER_STATUS_CREATED = "created"
BROWSER_STATUS_ACTIVE = "active"
BROWSER_STATUS_ERROR = "error"
BROWSER_STATUS_RELEASING = "releasing"
BROWSER_STATUS_RELEASED = "released"

TEAM_TYPE_DEEP_RESEARCH = "deep_research"
TEAM_TYPE_WYSE_MATE = "wyse_mate"

AGENT_TYPE_BROWSER = "wyse_browser"
AGENT_TYPE_FILE_READER = "file_analyst"
AGENT_TYPE_CODER = "coder"
AGENT_TYPE_SEARCH = "search"
AGENT_TYPE_ARTIST = "artist"
AGENT_TYPE_ASSISTANT = "assistant"
AGENT_TYPE_GUARDIAN = "guardian"
AGENT_TYPE_USER_PROXY = "user_proxy"
AGENT_TYPE_SUMMARY = "summary"

AGENT_QUERY_TYPE_ALL = TEAM_QUERY_TYPE_ALL = "all"
AGENT_QUERY_TYPE_SYSTEM = TEAM_QUERY_TYPE_SYSTEM = "system"
AGENT_QUERY_TYPE_USER = TEAM_QUERY_TYPE_USER = "user"
