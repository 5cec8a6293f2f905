"""What the database holds about comments, by the things it is about."""

from comments.models.appeals import AppealMark
from comments.models.comments import Comment, new_receipt_token
from comments.models.decisions import ModerationDecision, RejectionReason
from comments.models.departments import Department
from comments.models.identities import Agreement, Identity, IdentityLook, OneTimeCode, Purge
from comments.models.moderators import Moderator
from comments.models.notices import Digest, WriterNotice
from comments.models.questions import Question, QuestionStep
from comments.models.reports import CommentReport
from comments.models.rules import Burst, Hold, ModerationRule, RuleKind, RuleVersion
from comments.models.switch import CommentsSwitch

__all__ = [
    "Agreement",
    "AppealMark",
    "Burst",
    "Comment",
    "CommentReport",
    "CommentsSwitch",
    "Department",
    "Digest",
    "Hold",
    "Identity",
    "IdentityLook",
    "ModerationDecision",
    "ModerationRule",
    "Moderator",
    "OneTimeCode",
    "Purge",
    "Question",
    "QuestionStep",
    "RejectionReason",
    "RuleKind",
    "RuleVersion",
    "WriterNotice",
    "new_receipt_token",
]
