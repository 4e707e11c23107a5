import CDSHooks
import Clinical
import Documents
import Foundation
import Knowledge
import RuleLanguage
import Testing

@testable import Service

@Suite("Reload")
struct ReloadTests {
    /// A folder of rules on disk, with the small knowledge of these tests.
    private final class Folder: Sendable {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString)")

        init() throws {
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: path) }

        func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: path.appendingPathComponent(name))
        }

        /// Holds the edition of this folder.
        func editions() throws -> EditionHolder {
            let knowledge = try World.knowledge()
            let folder = path.path
            return try EditionHolder(clock: World.clock) { () throws(EditionError) in
                let sources: [Source]
                do {
                    sources = try RuleFolder.sources(at: [folder])
                } catch {
                    throw .files("\(error)")
                }
                return try World.edition(sources, knowledge)
            }
        }
    }

    private let rule = String(decoding: World.rule.bytes, as: UTF8.self)

    @Test("A good change takes over, with another digest")
    func good() throws {
        let folder = try Folder()
        try folder.write(rule, to: World.rule.name)
        let editions = try folder.editions()
        let before = editions.current
        try folder.write(rule.replacing("severity: major", with: "severity: moderate"), to: World.rule.name)
        try editions.reload()
        #expect(editions.current.id.rules != before.id.rules)
        #expect(editions.state.lastFailure == nil)
    }

    @Test("A broken file leaves the last good edition, and says so until it is mended")
    func broken() throws {
        let folder = try Folder()
        try folder.write(rule, to: World.rule.name)
        let editions = try folder.editions()
        let before = editions.current
        try folder.write("rule: [", to: "broken.yaml")
        #expect(throws: EditionError.self) { try editions.reload() }
        #expect(editions.current.id == before.id)
        #expect(editions.state.lastFailure != nil)
        let answer = editions.current.answer(
            service: "vigil-order-sign", body: Array(Request.orderSign().utf8), asOf: World.clock.now())
        #expect(answer.status == 200)
        #expect(answer.cards.count == 1)
        try FileManager.default.removeItem(at: folder.path.appendingPathComponent("broken.yaml"))
        try editions.reload()
        #expect(editions.state.lastFailure == nil)
    }

    @Test("Every error of the new rules is told")
    func told() throws {
        let folder = try Folder()
        try folder.write(rule, to: World.rule.name)
        let editions = try folder.editions()
        try folder.write(rule.replacing("drug: warfarin }", with: "drug: warfrin }"), to: World.rule.name)
        let error = #expect(throws: EditionError.self) { try editions.reload() }
        #expect(error?.description.contains("warfrin") == true)
    }

    @Test("A holder does not begin without an edition")
    func noFirst() throws {
        let folder = try Folder()
        try folder.write("rule: [", to: "broken.yaml")
        #expect(throws: EditionError.self) { try folder.editions() }
    }

    @Test("A missing knowledge file is an error that names the mend")
    func noKnowledge() throws {
        let folder = try Folder()
        let loader = EditionLoader(
            rules: [folder.path.path], knowledge: folder.path.appendingPathComponent("none.sqlite").path, clock: World.clock)
        let error = #expect(throws: EditionError.self) { try EditionHolder(loader: loader) }
        #expect(error?.description.contains("vigil knowledge build") == true)
    }
}
