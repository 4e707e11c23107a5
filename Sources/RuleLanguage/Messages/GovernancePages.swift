/// Messages about governance.
enum GovernancePages {
    static let all: [MessagePage] = [
        MessagePage(
            code: "V501", title: "a review that is overdue",
            text: "The rule keeps firing: a lapsed review must not remove a safety check. Reread it and set a new date.",
            wrong: "review_by: 1️⃣2025-06-30",
            right: "review_by: 2027-06-30"),
        MessagePage(
            code: "V502", title: "an active rule without governance",
            text: "An active rule has an owner, a date of review, an approval and its evidence.",
            wrong: "1️⃣rule: sample",
            right: """
                rule: sample
                owner: Renal Pharmacy
                """),
        MessagePage(
            code: "V503", title: "an approval of another version",
            text: "An approval is for the version that was read. Where `approved` names a version, it is that of the rule; after a change the rule is approved again.",
            wrong: """
                version: 3
                approved: { by: P&T Committee, date: 2026-01-06, version: 1️⃣2 }
                """,
            right: """
                version: 3
                approved: { by: P&T Committee, date: 2026-01-06, version: 3 }
                """),
        MessagePage(
            code: "V504", title: "words that are still to be filled in",
            text: "`vigil new` marks with FILL IN what is the author's to say. A draft may have such marks, an active rule may not; in a comment they are a warning in both.",
            wrong: "title: 1️⃣FILL IN - a line that a pharmacist knows the rule by",
            right: "title: Warfarin with an NSAID"),
    ]
}
