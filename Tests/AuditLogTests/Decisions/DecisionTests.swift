import Clinical
import Digests
import Documents
import Engine
import Foundation
import Knowledge
import Testing

@testable import AuditLog

@Suite("Decision")
struct DecisionTests {
    let folder = TemporaryFolder()

    @Test("An entry says the same when it is read back, and equal decisions give equal bytes")
    func roundTrip() throws {
        let journal = try Journal.open(folder.journal)
        let pseudonyms = try #require(journal.pseudonyms)
        var decision = Sample.decision(1, rule: "warfarin-nsaid", journal: journal)
        decision.patient = pseudonyms.patient("p1", client: "hospital")
        decision.user = pseudonyms.user("Practitioner/7", client: "hospital")
        decision.notChecked = [UncheckedItem(subject: "section:allergies", reason: "notSupplied", rules: ["a", "b"])]
        decision.silenced = [
            SilencedRow(rule: "qt-load", grade: "low"), SilencedRow(rule: "qt-load", grade: "two", muted: "major", mutedBy: "st-elsewhere"),
        ]
        let entry = Decision.canonical(sequence: 5, tail: decision.canonicalTail)
        #expect(Decision(entry: entry) == decision)
        #expect(decision.canonicalTail == decision.canonicalTail)
        #expect(String(decoding: entry, as: UTF8.self).hasPrefix(#"{"sequence":5,"recorded":"2026-11-21T"#))
        #expect(try JSONDocument(parsing: entry).root["sequence"]?.int == 5)
    }

    @Test("Text order of the time stamps is time order")
    func timeStamps() {
        let milliseconds: [Int64] = [-1, 0, 1, 999, 1000, 86_399_999, 1_795_254_600_000, 1_795_254_600_001, 1_795_254_600_010]
        let texts = milliseconds.map { JournalTime.text(Instant(milliseconds: $0)) }
        #expect(texts == texts.sorted())
        #expect(texts[0] == "1969-12-31T23:59:59.999Z")
        #expect(texts.map { Instant($0)?.milliseconds } == milliseconds)
    }

    @Test("A call becomes an entry that names nobody")
    func namesNobody() async throws {
        let journal = try Journal.open(folder.journal)
        let pseudonyms = try #require(journal.pseudonyms)
        let statements = [
            NotChecked(
                what: "ordered medication SECRETDRUG 5 mg", why: "drug not recognised: SECRETCODE is not in the drug table",
                isForPrescriber: true),
            NotChecked(
                what: "potassium for SECRETNAME", why: "it was reported only as `<SECRETVALUE`", rules: ["qt-load"],
                isForPrescriber: false),
        ]
        let heading = RuleHeading(id: "warfarin-nsaid", version: 3, title: "t", kind: "interaction", evidence: [], approvedBy: "")
        let finding = Finding(
            rule: heading, grade: "high", severity: .major, summary: "SECRETSUMMARY", detail: "SECRETDETAIL",
            key: "warfarin-nsaid;a=SECRETKEY")
        let hidden = Finding(rule: heading, grade: "low", severity: .minor, summary: "", detail: "", key: "warfarin-nsaid;a=2")
        let call = AnsweredCall(
            recorded: Sample.start, asOf: AsOf(instant: Sample.start, zone: .utc), service: "s", hook: "order-sign",
            hookInstance: "SECRETINSTANCE", client: "hospital", patientID: "SECRETPATIENT", userID: "Practitioner/SECRETUSER",
            request: Digest(of: "body"), edition: Sample.edition, status: 200, latency: .milliseconds(2),
            evaluation: Evaluation(findings: [finding, hidden], notChecked: statements, rulesConsidered: 4),
            cards: [
                IssuedCard(uuid: "card-1", finding: .init(rule: "warfarin-nsaid", key: "warfarin-nsaid;a=SECRETKEY")),
                IssuedCard(uuid: "card-2"),
            ])
        let decision = Decision(call, pseudonyms: pseudonyms)
        #expect(decision.findings.map(\.card) == ["card-1", nil])
        #expect(decision.otherCards == ["card-2"])
        #expect(decision.cards == ["card-1", "card-2"])
        #expect(decision.latencyInMicroseconds == 2000)
        #expect(
            decision.notChecked == [
                UncheckedItem(subject: "ordered-medication", reason: "unmapped"),
                UncheckedItem(subject: "fact:potassium", reason: "comparator", rules: ["qt-load"]),
            ])
        try await journal.append(decision, body: Array("SECRETBODY".utf8))
        #expect(!(try folder.everything()).contains("SECRET"))
        try await journal.close()
        #expect(!(try folder.everything()).contains("SECRET"))
    }

    @Test("A patient is told from others without being named, apart in each journal and for each client")
    func pseudonyms() async throws {
        let journal = try Journal.open(folder.journal)
        let other = try Journal.open(folder.file("other.sqlite"))
        let pseudonyms = try #require(journal.pseudonyms)
        let patient = pseudonyms.patient("p1", client: "hospital")
        #expect(patient == pseudonyms.patient("p1", client: "hospital"))
        #expect(patient != pseudonyms.patient("p2", client: "hospital"))
        #expect(patient != pseudonyms.patient("p1", client: "clinic"))
        #expect(patient != other.pseudonyms?.patient("p1", client: "hospital"))
        for number in 1...5 {
            var decision = Sample.decision(number)
            decision.patient = number.isMultiple(of: 2) ? patient : nil
            try await journal.append(decision)
        }
        #expect(try await journal.count(of: patient) == 2)
        #expect(try await journal.count(of: patient, in: JournalRange(from: Sample.start.adding(milliseconds: 3000))) == 1)
    }

    @Test(
        "An invocation's name stays where it is a UUID, and else becomes a digest",
        arguments: [
            ("d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", true), ("MRN-0815", false), ("", false),
            ("d1577c69dfbe44adba6d3e05e953b2ea", false),
        ])
    func instance(text: String, stays: Bool) throws {
        let pseudonyms = try #require(try Journal.open(folder.journal).pseudonyms)
        #expect((pseudonyms.instance(text) == text) == stays)
        #expect(stays || pseudonyms.instance(text).hasPrefix("digest:"))
    }
}

@Suite("What was not checked, in our words")
struct UncheckedItemTests {
    @Test(
        "Kinds of subject and of reason",
        arguments: [
            ("allergies", "allergies were not supplied", [], "section:allergies", "notSupplied"),
            ("current medications", "current medications could not be read: 503", [], "section:medications", "failed"),
            ("problems", "problems are incomplete: page 2", [], "section:conditions", "partial"),
            (
                "current medication Foo", "drug not recognised: it is stated in words only, without a code", [],
                "current-medication", "uncoded"
            ),
            ("allergy to Foo", "allergen not recognised: x is not in the allergen table", [], "allergy", "unmapped"),
            ("a problem on the list", "it is recorded in words only, without a code", [], "problem", "uncoded"),
            ("egfr", "the sex is not recorded", ["r"], "fact:egfr", "notRecorded"),
            (
                "daily_dose for warfarin and ibuprofen", "the daily dose is not known: x", ["r"], "fact:daily_dose",
                "notComputable"
            ),
            ("warfarin and Foo", "its start is not recorded", ["r"], "drugs", "notRecorded"),
            ("something of Intake", "who knows", [], "other", "other"),
        ] as [(String, String, [String], String, String)])
    func kinds(what: String, why: String, rules: [String], subject: String, reason: String) {
        let items = UncheckedItem.items([NotChecked(what: what, why: why, rules: rules, isForPrescriber: false)])
        #expect(items == [UncheckedItem(subject: subject, reason: reason, rules: rules)])
    }

    @Test("Equal statements are one, with the rules of all")
    func merged() {
        let statements = ["b", "a", "b"].map {
            NotChecked(what: "egfr for x", why: "not recorded", rules: [$0], isForPrescriber: false)
        }
        #expect(
            UncheckedItem.items(statements) == [UncheckedItem(subject: "fact:egfr", reason: "notRecorded", rules: ["a", "b"])])
    }
}
