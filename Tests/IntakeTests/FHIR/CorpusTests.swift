import Clinical
import Documents
import Foundation
import Intake
import Testing

/// Sample patients beside the checkout: everything is read or noted, and counts agree with the raw JSON.
@Suite struct CorpusTests {
    /// `shared/data/patients` beside the package; `nil`, and said so, where it is absent.
    static let folder: URL? = {
        var place = URL(filePath: #filePath)
        while place.path != "/", !FileManager.default.fileExists(atPath: place.appending(path: "Package.swift").path) {
            place.deleteLastPathComponent()
        }
        let folder = place.deletingLastPathComponent().appending(path: "shared/data/patients")
        if FileManager.default.fileExists(atPath: folder.path) { return folder }
        print("SKIPPED: no sample patients at ../shared/data/patients; the corpus was NOT read")
        return nil
    }()

    static func files(in name: String, ending: String) throws -> [URL] {
        guard let folder else { return [] }
        return try FileManager.default.contentsOfDirectory(at: folder.appending(path: name), includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasSuffix(ending) && $0.lastPathComponent != "index.json" }
            .sorted { $0.path < $1.path }
    }

    static func bytes(of file: URL) throws -> [UInt8] {
        guard file.pathExtension == "gz" else { return [UInt8](try Data(contentsOf: file)) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](data)
    }

    /// Each resource that came is in the snapshot, or refers to nothing and is a target, or is noted.
    static func check(_ raw: [JSONNode], _ reading: Reading, _ name: String) {
        var read = Set<ResourceReference>()
        let snapshot = reading.snapshot
        if let patient = snapshot.patient.reference { read.insert(patient) }
        read.formUnion((snapshot.orders + snapshot.medications).map(\.reference))
        read.formUnion(snapshot.allergies.map(\.reference))
        read.formUnion(snapshot.conditions.map(\.reference))
        read.formUnion(snapshot.observations.map(\.reference))
        read.formUnion(snapshot.procedures.map(\.reference))
        read.formUnion(snapshot.immunizations.map(\.reference))
        read.formUnion(snapshot.encounters.map(\.reference))
        read.formUnion(snapshot.serviceRequests.map(\.reference))
        let noted = Set(reading.notes.compactMap(\.about))
        for node in raw {
            guard let type = node["resourceType"]?.string, let id = node["id"]?.string else { continue }
            let reference = ResourceReference(type: type, id: id)
            if ["Medication", "Location", "Substance"].contains(type) { continue }
            #expect(read.contains(reference) || noted.contains(reference), "\(name): \(type) is neither read nor noted")
        }
        let conditions = raw.count { $0["resourceType"]?.equals("Condition") == true }
        #expect(snapshot.conditions.count == conditions, "\(name)")
        #expect(snapshot.medications.allSatisfy { $0.unresolved == nil }, "\(name): a drug was not resolved")
    }

    static func resources(of bundle: JSONNode) -> [JSONNode] {
        bundle["entry"]?.elements.compactMap { $0["resource"] } ?? []
    }

    @Test func bundles() throws {
        for file in try Self.files(in: "bundles", ending: ".json.gz") {
            let root = try JSONDocument(parsing: Self.bytes(of: file)).root
            var reader = FHIRReader(asOf: try instant("2021-04-17"))
            reader.readBundle(root)
            let (snapshot, notes) = reader.finish()
            Self.check(Self.resources(of: root), Reading(snapshot: snapshot, notes: notes), file.lastPathComponent)
            #expect(snapshot.patient.birthDate != nil && snapshot.patient.sex != nil, "\(file.lastPathComponent)")
            let withComponents = Self.resources(of: root).reduce(0) { count, node in
                node["resourceType"]?.equals("Observation") == true ? count + 1 + (node["component"]?.count ?? 0) : count
            }
            #expect(snapshot.observations.count == withComponents, "\(file.lastPathComponent)")
        }
    }

    @Test func hookRequests() throws {
        let sections: [String: RecordSection] = [
            "patient": .patient, "medications": .medications, "allergies": .allergies, "conditions": .conditions,
            "observations": .observations, "immunizations": .immunizations,
        ]
        for file in try Self.files(in: "cds-hooks", ending: ".json") {
            let root = try JSONDocument(parsing: Self.bytes(of: file)).root
            var reader = FHIRReader(asOf: try instant("2021-04-17"), patientID: root["context"]?["patientId"]?.string)
            var raw: [JSONNode] = []
            if let drafts = root["context"]?["draftOrders"] {
                reader.readDrafts(drafts)
                raw += Self.resources(of: drafts)
            }
            for member in root["prefetch"]?.members.map({ $0 }) ?? [] {
                let section = try #require(member.key.string.flatMap { sections[$0] })
                reader.readSection(section, member.value)
                raw += member.value["entry"] == nil ? [member.value] : Self.resources(of: member.value)
            }
            let (snapshot, notes) = reader.finish()
            Self.check(raw, Reading(snapshot: snapshot, notes: notes), file.lastPathComponent)
            #expect(snapshot.orders.count == (root["context"]?["draftOrders"] == nil ? 0 : 1), "\(file.lastPathComponent)")
            // Synthea writes one unit that is not UCUM.
            #expect(notes.allSatisfy { $0.what == "Observation.valueQuantity" }, "\(file.lastPathComponent)")
        }
    }

    @Test(arguments: ["bulk", "bulk-v3-10", "bulk-v3-allergies"])
    func bulkExports_lineByLine(name: String) throws {
        for file in try Self.files(in: name, ending: ".ndjson.gz") {
            let bytes = try Self.bytes(of: file)
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                let root = try JSONDocument(parsing: Array(line)).root
                var reader = FHIRReader(asOf: try instant("2021-04-17"))
                reader.readBundle(root)
                let (snapshot, notes) = reader.finish()
                // Medications of other lines cannot be followed here.
                let reading = Reading(snapshot: snapshot, notes: notes)
                if file.lastPathComponent != "MedicationRequest.ndjson.gz" { Self.check([root], reading, file.lastPathComponent) }
                #expect(notes.count <= 8, "\(file.lastPathComponent)")
            }
        }
    }
}
