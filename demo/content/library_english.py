"""Three pages of the library in English, each with the slug of the Dutch page it translates."""

from .written import Written, contact, notice, optional, points, section, steps

ENGLISH: dict[str, Written] = {
    "verhuizen": Written(
        "moving",
        "Moving house",
        "Are you moving? Tell us your new address. You can do so from four weeks before you move until five days after."
        " It is free.",
        (
            section(
                "What do you need?",
                points(
                    "Your passport, identity card or driving licence.",
                    "The date on which you move.",
                    "Are you moving in with someone? Then we ask whether that person agrees.",
                ),
            ),
            section(
                "Who can you do this for?",
                "For yourself, and for your partner and children if they move with you.",
            ),
            section(
                "Are you moving to another municipality?",
                "Tell that municipality your new address. It will tell us.",
            ),
            optional(
                "Waste pass", "The waste pass belongs to the house. No pass there? Get one at [[afval]]."
            ),
            contact("Visit or call us to report it"),
        ),
        button=("Follow your move in Mijn", "/en/mijn/zaken/"),
        place="menu",
        checked=12,
    ),
    "hulp-thuis": Written(
        "help-at-home",
        "Help at home",
        "Is it hard to manage at home? Ask [[sociaal-team]] for help. You get one person to talk to, who calls you"
        " within five working days.",
        (
            section(
                "What kind of help?",
                points(
                    "Help with cleaning and laundry.",
                    "A stairlift or another change in your home.",
                    "Transport, when you cannot take the bus or train.",
                ),
            ),
            steps(
                "What happens",
                "We have your question. Your contact person calls you.",
                "You talk together, at your home.",
                "You read the report and correct what is wrong.",
                "We decide within two weeks of your application.",
            ),
            notice("warning", "Do you need help quickly?", "Call [[telefoon]]. In danger? Call 112."),
            section(
                "Bring someone", "Ask [[clientondersteuning]] to come with you. It is independent and free."
            ),
            contact("Call or visit us to ask for help"),
        ),
        button=("Follow your request in Mijn", "/en/mijn/zaken/"),
        place="menu",
        checked=20,
    ),
    "uw-gegevens": Written(
        "your-data",
        "Your data",
        "What do we know about you? You can see it in Mijn [[gemeente]], and also who used it and why.",
        (
            section("See", "Sign in and open your data. Each fact says where we have it from."),
            section("Correct", "Is something wrong? Call us or visit us. Mijn says what to bring."),
            section(
                "Share and stop",
                "Sometimes we ask whether you want to share something. You may say no. There is always another way.",
                "You can stop at any time, as easily as you began.",
            ),
            contact("No computer? Visit or call us"),
        ),
        button=("To your data", "/en/mijn/gegevens/"),
        place="menu",
        checked=3,
    ),
}
