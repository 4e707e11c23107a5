import Clinical
import Documents
import Foundation
import Intake
import Testing

/// A message to read in a test: a header and a patient, and what is given.
enum Message {
    static func header(_ type: String, zone: String = "-0500", characters: String = "", id: String = "M1") -> String {
        #"MSH|^~\&|APP|FAC|||20260629120000\#(zone)||\#(type)|\#(id)|P|2.5.1||||||\#(characters)"#
    }

    static let patient = "PID|1||P7^^^H^MR||DOE^JANE||19600215|F"

    static func text(_ type: String, _ segments: String...) -> String {
        ([header(type), patient] + segments).joined(separator: "\r")
    }

    static func record(_ type: String, _ segments: String...) throws -> ConvertedRecord {
        try record(([header(type), patient] + segments).joined(separator: "\r"))
    }

    static func record(_ text: String, part: String? = nil) throws -> ConvertedRecord {
        try HL7v2Format.record(of: Array(text.utf8), part: part)
    }

    static func snapshot(_ type: String, _ segments: String...) throws -> Snapshot {
        try record(([header(type), patient] + segments).joined(separator: "\r")).snapshot(asOf: instant("2026-06-30")).snapshot
    }

    /// The samples beside the tests; see NOTICE.md there.
    static func samples() throws -> [URL] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Worlds/HL7v2")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "hl7" }.sorted { $0.path < $1.path }
    }
}

extension ConvertedRecord {
    func resources(_ type: String) -> [JSONValue] { resources.filter { $0["resourceType"]?.string == type } }

    func first(_ type: String) throws -> JSONValue { try #require(resources(type).first) }

    /// What was noted of a field.
    func notes(on what: String) -> [IntakeNote] { notes.filter { $0.what == what } }
}

extension JSONValue {
    /// The value at a path such as `code.coding.0.code`.
    func at(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(JSONValue?.some(self)) { value, step in
            Int(step).map { value?[$0] } ?? value?[String(step)]
        }
    }
}
