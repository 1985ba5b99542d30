"""What administrators read of each other's acts, and of a step that cannot be made."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.registers.administering import Act, Refused

ACTS: Mapping[Act, str | Promise] = {
    Act.PROPOSED: _("stelde voor waar de gegevens heen gaan"),
    Act.APPROVED: _("keurde een voorstel goed"),
    Act.REJECTED: _("gooide een voorstel weg"),
    Act.SECRET: _("verving een sleutel"),
    Act.SETTINGS: _("wijzigde instellingen"),
    Act.TESTED: _("testte de koppeling"),
    Act.ASKED: _("vroeg of koos wat het systeem kan"),
    Act.SWITCHED_OFF: _("zette de koppeling uit"),
    Act.SWITCHED_ON: _("zette de koppeling aan"),
    Act.CASE_TYPE: _("wijzigde een soort zaak"),
}

REFUSED: Mapping[str, str | Promise] = {
    Refused.OWN: _("U stelde dit zelf voor. Een andere beheerder moet het goedkeuren."),
    Refused.GONE: _("Dit voorstel is er niet meer: iemand anders was u voor."),
    Refused.NAME: _("Er is al een koppeling met deze naam. Kies een andere naam."),
    Refused.WAITING: _("Er wacht al een wijziging op een tweede beheerder. Laat die eerst beslissen."),
}
