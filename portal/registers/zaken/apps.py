from django.apps import AppConfig


class ZakenConfig(AppConfig):
    name = "portal.registers.zaken"
    label = "zaken"

    def ready(self) -> None:
        """Cases have a part of the overview, and pages; they tell for which businesses a resident acted."""
        from portal.municipalities.turns import at_each_turn

        from ..about_case import cases_are_known_by
        from ..businesses import businesses_are_told_by
        from ..connecting import offer_connection
        from ..sections import offer
        from .changes import forget_old
        from .connecting import KIND
        from .known import ask_for_case, ask_for_named
        from .marks import forget_marks
        from .section import SECTION, ask_businesses

        offer(SECTION)
        at_each_turn(forget_old)
        at_each_turn(forget_marks)
        offer_connection(KIND)
        businesses_are_told_by("zaken", ask_businesses)
        cases_are_known_by("zaken", ask_for_case, ask_for_named, "mijn:zaken:case")
