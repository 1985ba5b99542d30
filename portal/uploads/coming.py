"""A file in a plain form goes part by part into quarantine while it is read: never whole in memory, and
never readable on a disk, as a temporary file would be.
"""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import transaction
from django.http import HttpRequest

from portal.accounts.sessions import Session
from portal.registers.about_case import CaseRef

from . import limits, own, receiving
from .limits import LARGEST, TooMuch
from .models import Upload
from .stored import PART
from .unsuitable import Unsuitable, Why

FIELD = "bestand"


class Coming(FileUploadHandler):
    """Takes the one file of the form; what nobody keeps is gone again when the request is over."""

    def __init__(self, request: HttpRequest, session: Session, case: CaseRef) -> None:
        super().__init__(request)
        self._session, self._case = session, case
        length = request.META.get("CONTENT_LENGTH") or ""
        self._at_most = int(length) if length.isascii() and length.isdigit() else LARGEST
        self._waiting, self._kept = bytearray(), False
        self.upload: Upload | None = None
        self.fault: Unsuitable | TooMuch | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Its row; a second file, or one in another field, is passed by."""
        super().new_file(*args, **kwargs)
        if self.field_name != FIELD or self.upload or self.fault:
            raise SkipFile
        try:
            limits.refuse_too_often(self._session.subject)
            with transaction.atomic():
                self.upload = own.begin_unknown(
                    self._session, self._case, self.file_name or "", self._at_most
                )
        except TooMuch as fault:
            self.fault = fault
            raise SkipFile from None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Give away each whole part."""
        self._waiting += raw_data
        if start + len(raw_data) > LARGEST:
            self._stop(Unsuitable(Why.TOO_LARGE))
        while len(self._waiting) >= PART:
            self._give(bytes(self._waiting[:PART]))
            del self._waiting[:PART]

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """The last part."""
        if self.upload is None or self.fault:
            return None
        if self._waiting:
            try:
                self._give(bytes(self._waiting))
            except SkipFile:
                return None
        with transaction.atomic():
            receiving.settle(self.upload)
        return UploadedFile(ContentFile(b""), self.file_name, size=file_size)

    def keep(self) -> None:
        """It is not thrown away when the request is over."""
        self._kept = True

    def let_go(self) -> None:
        """The request is over."""
        if self.upload and not self._kept:
            with transaction.atomic():
                own.throw_away(self._session, self.upload.id)

    def _give(self, part: bytes) -> None:
        assert self.upload is not None
        try:
            with transaction.atomic():
                self.upload = receiving.add_part(self._session, self.upload.id, self.upload.received, part)
        except Unsuitable as fault:
            self._stop(fault)

    def _stop(self, fault: Unsuitable) -> None:
        self.fault = fault
        self._waiting.clear()
        raise SkipFile
