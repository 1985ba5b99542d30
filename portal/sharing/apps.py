from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "portal.sharing"
    label = "sharing"

    def ready(self) -> None:
        """What was proven and not agreed to goes with the session; who said yes to mail is reached by it."""
        from portal.accounts.endings import when_a_session_ends
        from portal.notices import known
        from portal.registers.asked_beside import stands_among_tasks
        from portal.usage import known as known_to_usage

        from . import asked, messages
        from .forgetting import forget_session
        from .purposes.in_words import in_words

        when_a_session_ends(forget_session)
        known.by_sharing(known.Sharing(messages.mail_address, messages.language, messages.still_wanted))
        stands_among_tasks(asked.among_all_tasks)
        known_to_usage.by_sharing(in_words)
