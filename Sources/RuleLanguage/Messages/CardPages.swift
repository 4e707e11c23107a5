/// Messages about the card.
enum CardPages {
    static let all: [MessagePage] = [
        MessagePage(
            code: "V701", title: "a summary that is too long",
            text: "CDS Hooks allows 139 characters, names and values included. What is longer on its own is an error; what becomes longer with the longest names that may stand there is a warning, for the card is then cut.",
            wrong: "summary: 1️⃣$a with $b raises the risk of bleeding from the stomach and the bowel, above all in the first weeks, with more than one of them, and in the old",
            right: "summary: $a with $b raises the risk of bleeding"),
        MessagePage(
            code: "V702", title: "no reasons to override",
            text: "Without reasons nobody learns why a card was not followed.",
            wrong: "1️⃣grades: [{ name: base, otherwise: yes, severity: moderate }]",
            right: """
                grades: [{ name: base, otherwise: yes, severity: moderate }]
                override_reasons: [benefit-outweighs-risk]
                """),
        MessagePage(
            code: "V703", title: "a text that could show a gap",
            text: "The fact may be unknown where the text is shown. Give it words for that.",
            wrong: """
                facts:
                  potassium: { lab: serum-potassium }
                summary: $a with $b, potassium 1️⃣$potassium
                """,
            right: """
                facts:
                  potassium: { lab: serum-potassium, missing: not measured }
                summary: $a with $b, potassium $potassium
                """),
    ]
}
