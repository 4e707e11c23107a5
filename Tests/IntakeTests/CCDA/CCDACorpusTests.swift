import Clinical
import Documents
import Foundation
import Intake
import Testing

/// Documents of others: what microsoft/FHIR-Converter's own tests expect of them, by code and date, and each difference explained.
@Suite("C-CDA: documents of others") struct CCDACorpusTests {
    /// Facts that are theirs and not ours, by document.
    ///
    /// Beside these, all the same everywhere: their Medication is ours within the statement; what is intended (`INT`) is theirs as
    /// MedicationStatement and ours as MedicationRequest; and they leave the code out where ours has it.
    private static let explained: [String: Set<String>] = [
        // A smoking status told as an assertion (R1.1) is LOINC's smoking status here, as the guide has it.
        "170.314B2_Amb_CCD.xml": ["Observation ASSERTION -"],
        // "No known medications" is no medicine here; the sex at birth belongs to the Patient; an hour without minutes is no time of
        // FHIR, so that of 2015-07-22 18h its day is kept.
        "CCD-Parent-Document-Replace-C-CDAR2.1.xml": [
            "Medication 410942007 -", "Observation 76689-9 2015-07-22", "Encounter - 2015-07-22T18:00:00-05:00",
        ],
        // An act or an observation by way of procedure is a Procedure here.
        "CCD.xml": ["Observation 268400002 2014-10-01T10:30:26-05:00"],
        // Functional and mental status are not read here, which is noted by section.
        "Consultation_Note.xml": ["Observation 75275-8 2013-07-31", "Observation 75303-8 2013-05-12", "Observation 75305-3 2013-05-12"],
        "Discharge_Summary.xml": ["Condition 267036007 2007-02"],
        "Referral_Note.xml": [
            "Observation 274025005 2011-02-03", "Observation 75275-8 2013-03-11", "Observation 75303-8 2013-05-12",
            "Observation 75305-3 2013-05-12",
        ],
        // Theirs leaves out when it was; ours has the day that is told.
        "History_and_Physical.xml": ["Observation 74013-4 -"],
    ]

    @Test func expectedFacts() throws {
        let folder = "ccda"
        let files = try CorpusTests.files(in: folder, ending: ".xml")
        guard let index = try CorpusTests.files(in: folder, ending: "index.ndjson").first else { return }
        var compared = 0
        for line in try CorpusTests.bytes(of: index).split(separator: 0x0A) {
            let expected = JSONValue(try JSONDocument(parsing: Array(line)).root)
            let name = try #require(expected["file"]?.string)
            let file = try #require(files.first { $0.lastPathComponent == name })
            let record = try CCDAFormat.record(of: CorpusTests.bytes(of: file), part: nil)
            let ours = Facts(resources: record.resources)
            let theirs = Facts(expected: expected["expectedFacts"] ?? .null)
            let missing = theirs.all.subtracting(ours.all)
            #expect(missing == Self.explained[name] ?? [], "\(name)")
            #expect(theirs.patient == ours.patient, "\(name)")
            compared += theirs.all.count
        }
        #expect(files.isEmpty || compared > 100)
    }

    /// Everything that came is read or noted, in the documents beside the checkout and in those within.
    @Test func everyDocumentIsReadWhole() throws {
        let within = try FileManager.default.contentsOfDirectory(at: Self.worlds, includingPropertiesForKeys: nil).filter { $0.pathExtension == "xml" }
        #expect(within.count == 2)
        for file in try within + CorpusTests.files(in: "ccda", ending: ".xml") {
            let record = try CCDAFormat.record(of: CorpusTests.bytes(of: file), part: nil)
            let (snapshot, notes) = try record.snapshot(asOf: instant())
            let nodes = try JSONDocument(parsing: record.bundle.bytes).root["entry"]?.elements.compactMap { $0["resource"] } ?? []
            CorpusTests.check(nodes, Reading(snapshot: snapshot, notes: notes), file.lastPathComponent)
            #expect(snapshot.supply(of: .patient) == .complete)
        }
    }

    @Test func dischargeSummary() throws {
        let bytes = try CorpusTests.bytes(of: Self.worlds.appending(path: "Discharge_Summary.xml"))
        let snapshot = try CCDAFormat.read(bytes, asOf: instant("2014-09-20"), patientID: nil).snapshot
        #expect(snapshot.medications.map { $0.code.codings.first?.code } == ["197806"])
        #expect(snapshot.medications.map(\.use) == [.current] && snapshot.medications.first?.dosages.first?.isAsNeeded == true)
        #expect(snapshot.allergies.map { $0.code.codings.first?.code } == ["7980", "2670", "291P45F896"])
        #expect(snapshot.immunizations.map(\.isValidDose) == [true, false])
        #expect(snapshot.patient.birthDate == PartialDate("2005-05-01") && snapshot.patient.sex == .female)
        #expect(snapshot.supply(of: .medications) == .partial(why: "only medicines at discharge came"))
    }

    private static let worlds = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Worlds/CCDA").standardizedFileURL
}

/// What a record says, as `kind code date`.
private struct Facts {
    var all: Set<String> = []
    var patient: [String] = []

    private static let kinds = [
        "MedicationStatement": "Medication", "MedicationRequest": "Medication", "MedicationAdministration": "Medication",
        "AllergyIntolerance": "AllergyIntolerance", "Condition": "Condition", "Observation": "Observation", "Immunization": "Immunization",
        "Procedure": "Procedure", "DiagnosticReport": "DiagnosticReport", "Encounter": "Encounter", "ServiceRequest": "ServiceRequest",
    ]

    private static let dates = ["onsetDateTime", "effectiveDateTime", "occurrenceDateTime"]

    /// Theirs: one code a fact, or none.
    init(expected: JSONValue) {
        guard case .object(let kinds) = expected else { return }
        for (type, facts) in kinds {
            for fact in facts.elements {
                if type == "Patient" { patient = [fact["birthDate"]?.string, fact["gender"]?.string, fact["family"]?.string].map { $0 ?? "-" } }
                guard let kind = Self.kinds[type] else { continue }
                add(kind, code: fact["code"]?["code"]?.string, Self.date(of: fact, kind))
            }
        }
    }

    /// Ours: all codes of a resource, and none, as theirs may have any of them.
    init(resources: [JSONValue]) {
        for resource in resources {
            let type = resource["resourceType"]?.string ?? ""
            if type == "Patient" {
                patient = [resource["birthDate"]?.string, resource["gender"]?.string, resource["name"]?[0]?["family"]?.string].map { $0 ?? "-" }
            }
            guard let kind = Self.kinds[type] else { continue }
            let concept = resource["code"] ?? resource["medicationCodeableConcept"] ?? resource["vaccineCode"] ?? resource["type"]?[0]
            let codes = (concept?["coding"]?.elements ?? []).map { $0["code"]?.string } + [resource["class"]?["code"]?.string, nil]
            for code in codes { add(kind, code: code, Self.date(of: resource, kind)) }
        }
    }

    private static func date(of fact: JSONValue, _ kind: String) -> String? {
        if kind == "Medication" || kind == "Procedure" || kind == "ServiceRequest" || kind == "DiagnosticReport" { return nil }
        return dates.lazy.compactMap { fact[$0]?.string }.first ?? fact["period"]?["start"]?.string
    }

    private mutating func add(_ kind: String, code: String?, _ date: String?) {
        all.insert("\(kind) \(code ?? "-") \(date ?? "-")")
    }
}
