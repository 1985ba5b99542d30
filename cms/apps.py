from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.municipalities.menu import menu_comes_from
        from portal.registers.zaken.plain_words import plain_words_come_from

        from . import generations, moved_pages, root_paths, side_panels, started, told_of_comments
        from .case_words import case_words
        from .importing import keeping
        from .menu import menu
        from .planned import due
        from .shared_pages import giving

        generations.listen()
        moved_pages.listen()
        giving.listen()
        due.listen()
        keeping.listen()
        root_paths.answer_for_wagtail()
        started.without_inline_scripts()
        side_panels.without_checks()
        told_of_comments.by_mail_to_who_reaches_the_page()
        menu_comes_from(menu)
        plain_words_come_from(case_words)
