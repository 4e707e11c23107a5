import Foundation
import Testing

/// Imports go one way, and meaning never sees text.
///
/// The compiler does not hold this: an undeclared import of a sibling passes on an incremental build (Swift 6.3.1).
@Suite("Doors")
struct DoorsTests {
    @Test("A file imports only what its room may")
    func imports() throws {
        let files = try SourceTree.files(in: ["Sources"], suffix: ".swift")
        #expect(files.count > 20, "the sources were not found")
        for file in files {
            let allowed = try #require(Doors.allowed[file.room], "\(file.room) is no room of the house")
            for (number, text) in file.code {
                guard text.contains("import "), let module = importedModule(text) else { continue }
                #expect(allowed.contains(module), "\(file):\(number): \(file.room) may not import \(module)")
            }
        }
    }

    @Test("Every room of the table stands, and every folder is a room")
    func rooms() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: SourceTree.root.appendingPathComponent("Sources").path)
        #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(Doors.allowed.keys))
    }

    @Test("No room imports one that imports it, at any distance")
    func noCycles() {
        for room in Doors.allowed.keys.sorted() {
            #expect(!reachable(from: room).contains(room), "\(room) reaches itself")
        }
    }

    @Test("Meaning and text do not know each other")
    func meaningSeesNoText() {
        for room in Doors.meaning { #expect(reachable(from: room).isDisjoint(with: Doors.text), "\(room) reaches text") }
        for room in Doors.text { #expect(reachable(from: room).isDisjoint(with: Doors.meaning), "\(room) reaches meaning") }
    }

    @Test("The manifest declares no dependency between rooms that the table forbids")
    func manifest() throws {
        let lines = try #require(try SourceTree.files(in: ["Package.swift"]).first).lines.joined(separator: " ")
        let targets = /\.(?:target|executableTarget)\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?/
        for match in lines.matches(of: targets) {
            guard let allowed = Doors.allowed[String(match.1)] else { continue }
            let named = (match.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) }
            for dependency in named where Doors.allowed.keys.contains(dependency) {
                #expect(allowed.contains(dependency), "Package.swift lets \(match.1) depend on \(dependency)")
            }
        }
    }

    private func reachable(from room: String) -> Set<String> {
        var found: Set<String> = []
        var pending = Array(Doors.allowed[room] ?? [])
        while let next = pending.popLast() {
            if found.insert(next).inserted { pending += Doors.allowed[next] ?? [] }
        }
        return found
    }

    /// `NIOCore` of `@preconcurrency public import struct NIOCore.ByteBuffer`; nil for a line that imports nothing.
    private func importedModule(_ line: Substring) -> String? {
        let pattern =
            /^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        return line.firstMatch(of: pattern).map { String($0.1) }
    }
}
