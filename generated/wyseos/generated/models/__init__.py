# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""Every object of the service as a class. Each is imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wyseos.runtime.lazy import attribute

if TYPE_CHECKING:
    from .accept_plan import AcceptPlan
    from .agent_info import AgentInfo
    from .agent_page import AgentPage
    from .agent_parameters import AgentParameters
    from .analysis_result import AnalysisResult
    from .api_key import APIKey
    from .api_key_page import APIKeyPage
    from .api_response import APIResponse
    from .attachments import Attachments
    from .browser_action import BrowserAction
    from .browser_event import BrowserEvent
    from .browser_info import BrowserInfo
    from .browser_message import BrowserMessage
    from .browser_page_info import BrowserPageInfo
    from .browser_status import BrowserStatus
    from .call_cost import CallCost
    from .call_filter_values import CallFilterValues
    from .call_order import CallOrder
    from .call_order_field import CallOrderField
    from .call_page import CallPage
    from .call_record import CallRecord
    from .call_status import CallStatus
    from .campaign import Campaign
    from .captcha_use import CaptchaUse
    from .category import Category
    from .category_level import CategoryLevel
    from .create_api_key_request import CreateAPIKeyRequest
    from .create_api_key_response import CreateAPIKeyResponse
    from .create_product_request import CreateProductRequest
    from .create_product_response import CreateProductResponse
    from .create_session_request import CreateSessionRequest
    from .create_session_response import CreateSessionResponse
    from .error_event import ErrorEvent
    from .event_base import EventBase
    from .file_event import FileEvent
    from .file_message import FileMessage
    from .file_message_type import FileMessageType
    from .file_surfer_action import FileSurferAction
    from .file_surfer_event import FileSurferEvent
    from .file_surfer_message import FileSurferMessage
    from .follow_up_suggestion import FollowUpSuggestion
    from .follow_up_suggestion_event import FollowUpSuggestionEvent
    from .follow_up_suggestion_message import FollowUpSuggestionMessage
    from .industry import Industry
    from .industry_condition import IndustryCondition
    from .industry_level_1 import IndustryLevel1
    from .industry_taxonomy import IndustryTaxonomy
    from .input_display_type import InputDisplayType
    from .input_event import InputEvent
    from .input_message import InputMessage
    from .input_message_type import InputMessageType
    from .input_request import InputRequest
    from .list_browser_pages_response import ListBrowserPagesResponse
    from .list_browsers_response import ListBrowsersResponse
    from .localized_name import LocalizedName
    from .marketing_data import MarketingData
    from .marketing_data_type import MarketingDataType
    from .marketing_report_event import MarketingReportEvent
    from .marketing_report_message import MarketingReportMessage
    from .marketing_report_ref import MarketingReportRef
    from .marketing_topic_event import MarketingTopicEvent
    from .marketing_topic_message import MarketingTopicMessage
    from .marketing_tweet_event import MarketingTweetEvent
    from .marketing_tweet_message import MarketingTweetMessage
    from .message_base import MessageBase
    from .message_metadata import MessageMetadata
    from .message_page import MessagePage
    from .message_response import MessageResponse
    from .model_info import ModelInfo
    from .model_tokens import ModelTokens
    from .page_base import PageBase
    from .pause_message import PauseMessage
    from .ping_event import PingEvent
    from .ping_message import PingMessage
    from .plain_message import PlainMessage
    from .plan_event import PlanEvent
    from .plan_input_data import PlanInputData
    from .plan_input_message import PlanInputMessage
    from .plan_message import PlanMessage
    from .plan_message_type import PlanMessageType
    from .plan_status_event import PlanStatusEvent
    from .plan_status_message import PlanStatusMessage
    from .plan_step import PlanStep
    from .plan_step_status import PlanStepStatus
    from .plan_step_update import PlanStepUpdate
    from .plan_step_update_status import PlanStepUpdateStatus
    from .platform import Platform
    from .pong_event import PongEvent
    from .pong_message import PongMessage
    from .product_attachment import ProductAttachment
    from .product_info import ProductInfo
    from .product_report import ProductReport
    from .product_status import ProductStatus
    from .progress_event import ProgressEvent
    from .research_tweets_event import ResearchTweetsEvent
    from .research_tweets_message import ResearchTweetsMessage
    from .research_tweets_ref import ResearchTweetsRef
    from .rich_file import RichFile
    from .search_event import SearchEvent
    from .search_hit import SearchHit
    from .search_message import SearchMessage
    from .session_info import SessionInfo
    from .session_message import SessionMessage
    from .session_status import SessionStatus
    from .session_task_result import SessionTaskResult
    from .session_tokens import SessionTokens
    from .skill import Skill
    from .skill_event import SkillEvent
    from .skill_message import SkillMessage
    from .skill_use import SkillUse
    from .sort_order import SortOrder
    from .source_component import SourceComponent
    from .start_data import StartData
    from .start_message import StartMessage
    from .start_task import StartTask
    from .stop_message import StopMessage
    from .task_result_data import TaskResultData
    from .task_result_event import TaskResultEvent
    from .task_result_message import TaskResultMessage
    from .taxonomy_level import TaxonomyLevel
    from .team_info import TeamInfo
    from .team_page import TeamPage
    from .team_parameters import TeamParameters
    from .text_event import TextEvent
    from .text_input_data import TextInputData
    from .text_input_message import TextInputMessage
    from .tweet_draft_event import TweetDraftEvent
    from .tweet_draft_message import TweetDraftMessage
    from .tweet_in_message import TweetInMessage
    from .tweet_interact_event import TweetInteractEvent
    from .tweet_interact_message import TweetInteractMessage
    from .tweet_media import TweetMedia
    from .tweet_media_type import TweetMediaType
    from .tweet_reply_event import TweetReplyEvent
    from .tweet_reply_message import TweetReplyMessage
    from .tweet_user_profile import TweetUserProfile
    from .tweet_with_reply import TweetWithReply
    from .tweet_writer_data import TweetWriterData
    from .unknown_event import UnknownEvent
    from .update_report_request import UpdateReportRequest
    from .update_report_response import UpdateReportResponse
    from .update_session_name_request import UpdateSessionNameRequest
    from .uploaded_file import UploadedFile
    from .user_task_message import UserTaskMessage
    from .visibility import Visibility
    from .warning_event import WarningEvent
    from .x_browser_action import XBrowserAction
    from .x_browser_action_event import XBrowserActionEvent
    from .x_browser_action_message import XBrowserActionMessage

_MODULES = {
    "APIKey": "api_key",
    "APIKeyPage": "api_key_page",
    "APIResponse": "api_response",
    "AcceptPlan": "accept_plan",
    "AgentInfo": "agent_info",
    "AgentPage": "agent_page",
    "AgentParameters": "agent_parameters",
    "AnalysisResult": "analysis_result",
    "Attachments": "attachments",
    "BrowserAction": "browser_action",
    "BrowserEvent": "browser_event",
    "BrowserInfo": "browser_info",
    "BrowserMessage": "browser_message",
    "BrowserPageInfo": "browser_page_info",
    "BrowserStatus": "browser_status",
    "CallCost": "call_cost",
    "CallFilterValues": "call_filter_values",
    "CallOrder": "call_order",
    "CallOrderField": "call_order_field",
    "CallPage": "call_page",
    "CallRecord": "call_record",
    "CallStatus": "call_status",
    "Campaign": "campaign",
    "CaptchaUse": "captcha_use",
    "Category": "category",
    "CategoryLevel": "category_level",
    "CreateAPIKeyRequest": "create_api_key_request",
    "CreateAPIKeyResponse": "create_api_key_response",
    "CreateProductRequest": "create_product_request",
    "CreateProductResponse": "create_product_response",
    "CreateSessionRequest": "create_session_request",
    "CreateSessionResponse": "create_session_response",
    "ErrorEvent": "error_event",
    "EventBase": "event_base",
    "FileEvent": "file_event",
    "FileMessage": "file_message",
    "FileMessageType": "file_message_type",
    "FileSurferAction": "file_surfer_action",
    "FileSurferEvent": "file_surfer_event",
    "FileSurferMessage": "file_surfer_message",
    "FollowUpSuggestion": "follow_up_suggestion",
    "FollowUpSuggestionEvent": "follow_up_suggestion_event",
    "FollowUpSuggestionMessage": "follow_up_suggestion_message",
    "Industry": "industry",
    "IndustryCondition": "industry_condition",
    "IndustryLevel1": "industry_level_1",
    "IndustryTaxonomy": "industry_taxonomy",
    "InputDisplayType": "input_display_type",
    "InputEvent": "input_event",
    "InputMessage": "input_message",
    "InputMessageType": "input_message_type",
    "InputRequest": "input_request",
    "ListBrowserPagesResponse": "list_browser_pages_response",
    "ListBrowsersResponse": "list_browsers_response",
    "LocalizedName": "localized_name",
    "MarketingData": "marketing_data",
    "MarketingDataType": "marketing_data_type",
    "MarketingReportEvent": "marketing_report_event",
    "MarketingReportMessage": "marketing_report_message",
    "MarketingReportRef": "marketing_report_ref",
    "MarketingTopicEvent": "marketing_topic_event",
    "MarketingTopicMessage": "marketing_topic_message",
    "MarketingTweetEvent": "marketing_tweet_event",
    "MarketingTweetMessage": "marketing_tweet_message",
    "MessageBase": "message_base",
    "MessageMetadata": "message_metadata",
    "MessagePage": "message_page",
    "MessageResponse": "message_response",
    "ModelInfo": "model_info",
    "ModelTokens": "model_tokens",
    "PageBase": "page_base",
    "PauseMessage": "pause_message",
    "PingEvent": "ping_event",
    "PingMessage": "ping_message",
    "PlainMessage": "plain_message",
    "PlanEvent": "plan_event",
    "PlanInputData": "plan_input_data",
    "PlanInputMessage": "plan_input_message",
    "PlanMessage": "plan_message",
    "PlanMessageType": "plan_message_type",
    "PlanStatusEvent": "plan_status_event",
    "PlanStatusMessage": "plan_status_message",
    "PlanStep": "plan_step",
    "PlanStepStatus": "plan_step_status",
    "PlanStepUpdate": "plan_step_update",
    "PlanStepUpdateStatus": "plan_step_update_status",
    "Platform": "platform",
    "PongEvent": "pong_event",
    "PongMessage": "pong_message",
    "ProductAttachment": "product_attachment",
    "ProductInfo": "product_info",
    "ProductReport": "product_report",
    "ProductStatus": "product_status",
    "ProgressEvent": "progress_event",
    "ResearchTweetsEvent": "research_tweets_event",
    "ResearchTweetsMessage": "research_tweets_message",
    "ResearchTweetsRef": "research_tweets_ref",
    "RichFile": "rich_file",
    "SearchEvent": "search_event",
    "SearchHit": "search_hit",
    "SearchMessage": "search_message",
    "SessionInfo": "session_info",
    "SessionMessage": "session_message",
    "SessionStatus": "session_status",
    "SessionTaskResult": "session_task_result",
    "SessionTokens": "session_tokens",
    "Skill": "skill",
    "SkillEvent": "skill_event",
    "SkillMessage": "skill_message",
    "SkillUse": "skill_use",
    "SortOrder": "sort_order",
    "SourceComponent": "source_component",
    "StartData": "start_data",
    "StartMessage": "start_message",
    "StartTask": "start_task",
    "StopMessage": "stop_message",
    "TaskResultData": "task_result_data",
    "TaskResultEvent": "task_result_event",
    "TaskResultMessage": "task_result_message",
    "TaxonomyLevel": "taxonomy_level",
    "TeamInfo": "team_info",
    "TeamPage": "team_page",
    "TeamParameters": "team_parameters",
    "TextEvent": "text_event",
    "TextInputData": "text_input_data",
    "TextInputMessage": "text_input_message",
    "TweetDraftEvent": "tweet_draft_event",
    "TweetDraftMessage": "tweet_draft_message",
    "TweetInMessage": "tweet_in_message",
    "TweetInteractEvent": "tweet_interact_event",
    "TweetInteractMessage": "tweet_interact_message",
    "TweetMedia": "tweet_media",
    "TweetMediaType": "tweet_media_type",
    "TweetReplyEvent": "tweet_reply_event",
    "TweetReplyMessage": "tweet_reply_message",
    "TweetUserProfile": "tweet_user_profile",
    "TweetWithReply": "tweet_with_reply",
    "TweetWriterData": "tweet_writer_data",
    "UnknownEvent": "unknown_event",
    "UpdateReportRequest": "update_report_request",
    "UpdateReportResponse": "update_report_response",
    "UpdateSessionNameRequest": "update_session_name_request",
    "UploadedFile": "uploaded_file",
    "UserTaskMessage": "user_task_message",
    "Visibility": "visibility",
    "WarningEvent": "warning_event",
    "XBrowserAction": "x_browser_action",
    "XBrowserActionEvent": "x_browser_action_event",
    "XBrowserActionMessage": "x_browser_action_message",
}

__all__ = (
    "APIKey",
    "APIKeyPage",
    "APIResponse",
    "AcceptPlan",
    "AgentInfo",
    "AgentPage",
    "AgentParameters",
    "AnalysisResult",
    "Attachments",
    "BrowserAction",
    "BrowserEvent",
    "BrowserInfo",
    "BrowserMessage",
    "BrowserPageInfo",
    "BrowserStatus",
    "CallCost",
    "CallFilterValues",
    "CallOrder",
    "CallOrderField",
    "CallPage",
    "CallRecord",
    "CallStatus",
    "Campaign",
    "CaptchaUse",
    "Category",
    "CategoryLevel",
    "CreateAPIKeyRequest",
    "CreateAPIKeyResponse",
    "CreateProductRequest",
    "CreateProductResponse",
    "CreateSessionRequest",
    "CreateSessionResponse",
    "ErrorEvent",
    "EventBase",
    "FileEvent",
    "FileMessage",
    "FileMessageType",
    "FileSurferAction",
    "FileSurferEvent",
    "FileSurferMessage",
    "FollowUpSuggestion",
    "FollowUpSuggestionEvent",
    "FollowUpSuggestionMessage",
    "Industry",
    "IndustryCondition",
    "IndustryLevel1",
    "IndustryTaxonomy",
    "InputDisplayType",
    "InputEvent",
    "InputMessage",
    "InputMessageType",
    "InputRequest",
    "ListBrowserPagesResponse",
    "ListBrowsersResponse",
    "LocalizedName",
    "MarketingData",
    "MarketingDataType",
    "MarketingReportEvent",
    "MarketingReportMessage",
    "MarketingReportRef",
    "MarketingTopicEvent",
    "MarketingTopicMessage",
    "MarketingTweetEvent",
    "MarketingTweetMessage",
    "MessageBase",
    "MessageMetadata",
    "MessagePage",
    "MessageResponse",
    "ModelInfo",
    "ModelTokens",
    "PageBase",
    "PauseMessage",
    "PingEvent",
    "PingMessage",
    "PlainMessage",
    "PlanEvent",
    "PlanInputData",
    "PlanInputMessage",
    "PlanMessage",
    "PlanMessageType",
    "PlanStatusEvent",
    "PlanStatusMessage",
    "PlanStep",
    "PlanStepStatus",
    "PlanStepUpdate",
    "PlanStepUpdateStatus",
    "Platform",
    "PongEvent",
    "PongMessage",
    "ProductAttachment",
    "ProductInfo",
    "ProductReport",
    "ProductStatus",
    "ProgressEvent",
    "ResearchTweetsEvent",
    "ResearchTweetsMessage",
    "ResearchTweetsRef",
    "RichFile",
    "SearchEvent",
    "SearchHit",
    "SearchMessage",
    "SessionInfo",
    "SessionMessage",
    "SessionStatus",
    "SessionTaskResult",
    "SessionTokens",
    "Skill",
    "SkillEvent",
    "SkillMessage",
    "SkillUse",
    "SortOrder",
    "SourceComponent",
    "StartData",
    "StartMessage",
    "StartTask",
    "StopMessage",
    "TaskResultData",
    "TaskResultEvent",
    "TaskResultMessage",
    "TaxonomyLevel",
    "TeamInfo",
    "TeamPage",
    "TeamParameters",
    "TextEvent",
    "TextInputData",
    "TextInputMessage",
    "TweetDraftEvent",
    "TweetDraftMessage",
    "TweetInMessage",
    "TweetInteractEvent",
    "TweetInteractMessage",
    "TweetMedia",
    "TweetMediaType",
    "TweetReplyEvent",
    "TweetReplyMessage",
    "TweetUserProfile",
    "TweetWithReply",
    "TweetWriterData",
    "UnknownEvent",
    "UpdateReportRequest",
    "UpdateReportResponse",
    "UpdateSessionNameRequest",
    "UploadedFile",
    "UserTaskMessage",
    "Visibility",
    "WarningEvent",
    "XBrowserAction",
    "XBrowserActionEvent",
    "XBrowserActionMessage",
)


def __getattr__(name: str) -> Any:
    return attribute(__name__, _MODULES, name)


def __dir__() -> list[str]:
    return sorted(__all__)
