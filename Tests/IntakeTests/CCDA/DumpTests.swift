import Clinical
import Documents
import Foundation
import Intake
import Testing

@Suite struct DumpTests {
    @Test func dump() throws {
        for file in try CorpusTests.files(in: "ccda", ending: ".xml") {
            let record = try CCDAFormat.record(of: CorpusTests.bytes(of: file), part: nil)
            let name = file.lastPathComponent
            let out = ProcessInfo.processInfo.environment["CCDA_DUMP"] ?? "."
            try Data(record.bundle.bytes(pretty: true)).write(to: URL(filePath: out + "/" + name + ".json"))
            let (snapshot, notes) = try record.snapshot(asOf: instant("2026-06-30"))
            var text = ""
            let source = Source(name: name, bytes: try CorpusTests.bytes(of: file))
            for note in notes { text += "\(note.range.map { "\(source.position(of: $0.start).line)" } ?? "-") \(note.about?.description ?? "") \(note.what): \(note.why)\n" }
            for (section, supply) in snapshot.supplied.sorted(by: { $0.key < $1.key }) { text += "\(section) \(supply)\n" }
            for m in snapshot.medications { text += "MED \(m.source) \(m.use) \(m.code.label ?? "-") \(String(describing: m.started)) \(String(describing: m.ended)) \(m.unresolved ?? "")\n" }
            for m in snapshot.allergies { text += "ALL \(m.standing) \(m.code.codings) \(m.code.text ?? "")\n" }
            for m in snapshot.conditions { text += "CON \(m.standing) \(m.code.label ?? "-")\n" }
            try Data(text.utf8).write(to: URL(filePath: out + "/" + name + ".txt"))
        }
    }
}
