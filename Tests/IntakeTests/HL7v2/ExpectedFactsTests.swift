import Clinical
import Documents
import Foundation
import Intake
import Testing

/// What another converter made of the same messages, by code and date, and every difference with its reason.
///
/// - Source: microsoft/FHIR-Converter, whose tests expect these facts of its samples; see docs/formats.md, "Compared".
@Suite struct ExpectedFactsTests {
    /// One fact: a kind of resource, its code and its day.
    private struct Fact: Hashable, CustomStringConvertible {
        let type: String
        let code: String
        var day: String?

        var description: String { "\(type) \(code) \(day ?? "undated")" }
    }

    /// Resources that it makes of segments which are passed over here: charges, deaths, accidents, referrals; and of orders behind
    /// results, which nobody is asked to carry out any more.
    private static func isLeftOut(_ fact: Fact, in file: String) -> Bool {
        switch (fact.type, fact.code) {
        case (_, "none"): true
        case ("Procedure", "71045"), ("Procedure", "99011"), ("MedicationDispense", "0182-1061-05"): true  // FT1
        case ("Procedure", "death-certification"), ("Procedure", "autopsy-performed"), ("Condition", "I21"): true  // PDA
        case ("Observation", "death-certificate"), ("Observation", "autopsy"), ("Observation", "coroner"): true  // PDA, ACC
        case ("Observation", "injury-incident"): true  // ACC
        case ("DiagnosticReport", "8867-4"), ("DiagnosticReport", "1063-7"), ("DiagnosticReport", "3DHISTH_SLD"): true  // OBX of type RP
        case ("ServiceRequest", _): file.hasPrefix("ORU") || file.hasPrefix("LAB") || file.hasPrefix("LRI")
        default: false
        }
    }

    @Test func allOfThem() throws {
        guard let folder = CorpusTests.folder?.appending(path: "hl7v2") else { return }
        let lines = try String(contentsOf: folder.appending(path: "index.ndjson"), encoding: .utf8).split(separator: "\n")
        var compared = 0
        for line in lines {
            let entry = try JSONDocument(parsing: String(line)).root
            let file = try #require(entry["file"]?.string)
            let record = try HL7v2Format.record(of: [UInt8](try Data(contentsOf: folder.appending(path: file))), part: nil)
            guard let facts = entry["expectedFacts"] else { continue }
            compared += 1
            comparePatient(facts, record, file)
            let ours = Set(record.resources.flatMap(Self.facts))
            for (type, list) in facts.members where !["Patient", "Medication"].contains(type.string ?? "") {
                for item in list.elements {
                    let fact = Fact(type: type.string ?? "", code: item["code"]?["code"]?.string ?? "none", day: Self.day(of: item))
                    guard !Self.isLeftOut(fact, in: file) else { continue }
                    let found = ours.filter { $0.type == fact.type && $0.code == fact.code }
                    #expect(!found.isEmpty, "\(file): \(fact)")
                    // It writes times in the zone of its machine (+05:30), so that a day may be the next one; of a result without a
                    // time we take that of its specimen, and the day an allergy was identified it leaves out.
                    guard let day = fact.day, let expected = PartialDate(day)?.days(in: .utc).lowerBound else { continue }
                    #expect(found.contains { $0.day.flatMap { PartialDate($0) }.map { near($0.days(in: .utc).lowerBound, expected) } ?? false }, "\(file): \(fact)")
                }
            }
        }
        #expect(compared >= 19)
    }

    private func near(_ a: CivilDate, _ b: CivilDate) -> Bool { abs(a.daysSinceEpoch - b.daysSinceEpoch) <= 1 }

    private func comparePatient(_ facts: JSONNode, _ record: ConvertedRecord, _ file: String) {
        guard let expected = facts["Patient"].map({ Array($0.elements) })?.first, let patient = record.resources("Patient").first else { return }
        #expect(patient["birthDate"]?.string == expected["birthDate"]?.string, "\(file): birth date")
        #expect(patient["gender"]?.string == expected["gender"]?.string, "\(file): gender")
    }

    private static func facts(_ resource: JSONValue) -> [Fact] {
        let type = resource["resourceType"]?.string ?? ""
        let concept = ["code", "vaccineCode", "medicationCodeableConcept", "class"].lazy.compactMap { resource[$0] }.first
        let codes = (concept?["coding"]?.elements ?? concept.map { [$0] } ?? []).compactMap { $0["code"]?.string }
        let names = ["effectiveDateTime", "onsetDateTime", "performedDateTime", "authoredOn", "occurrenceDateTime", "whenHandedOver"]
        let date = names.lazy.compactMap { resource[$0]?.string }.first ?? resource.at("period.start")?.string
        return codes.map { Fact(type: type, code: $0, day: date.map { String($0.prefix(10)) }) }
    }

    private static func day(of fact: JSONNode) -> String? {
        let names = ["effectiveDateTime", "onsetDateTime", "performedDateTime", "authoredOn", "occurrenceDateTime", "whenHandedOver"]
        let date = names.lazy.compactMap { fact.member($0)?.string }.first ?? fact["period"]?["start"]?.string
        return date.map { String($0.prefix(10)) }
    }
}
