from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.municipalities.menu import menu_comes_from
        from portal.registers.zaken.plain_words import plain_words_come_from

        from . import generations, moved_pages, root_paths, started
        from .case_words import case_words
        from .menu import menu
        from .planned import due
        from .shared_pages import giving

        generations.listen()
        moved_pages.listen()
        giving.listen()
        due.listen()
        root_paths.answer_for_wagtail()
        started.without_inline_scripts()
        menu_comes_from(menu)
        plain_words_come_from(case_words)
