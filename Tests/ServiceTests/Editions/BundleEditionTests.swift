import CDSHooks
import Clinical
import Digests
import Documents
import Foundation
import RuleLanguage
import Testing

@testable import Service

/// A published bundle in the place of rule files.
@Suite("An edition of a bundle")
struct BundleEditionTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-bundle-\(UUID().uuidString)")
    private let key = SigningKey()

    private var path: String { folder.appendingPathComponent("release.bundle").path }
    private var rules: EditionRules { .bundle(path, keys: [folder.appendingPathComponent("release.pub").path]) }

    private func bundle(knowledge: String = "00") throws -> RuleBundle {
        let files = [RuleFile(World.rule)]
        let manifest = BundleManifest(
            vigil: Edition.program, published: World.clock.now().today, packs: [], ruleCount: 1, rules: "", knowledgeVersion: "2025.11.1",
            knowledge: knowledge, tests: BundleManifest.Tests(passed: 0, skipped: 0, mutationScore: nil))
        var bundle = RuleBundle(manifest: manifest, files: try RuleBundle.files(files), tests: [])
        try bundle.sign(with: key)
        return bundle
    }

    private func write(_ bytes: [UInt8]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        try Data(key.verificationKey.pem.utf8).write(to: folder.appendingPathComponent("release.pub"))
    }

    @Test("It is loaded where it is signed by a trusted key")
    func loads() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(bundle().bytes)
        let read = try rules.read()
        #expect(read.files.map(\.source.name) == ["pack/warfarin-ibuprofen.yaml"])
        let id = try bundle().id
        #expect(read.bundle?.id == id)
        #expect(rules.paths.count == 2)
    }

    @Test("A changed bundle is never loaded, and the last good one keeps serving")
    func keepsTheLastGoodOne() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(bundle().bytes)
        let (rules, knowledge) = (rules, try World.knowledge())
        let holder = try EditionHolder(clock: World.clock) { () throws(EditionError) in
            let (files, bundle) = try rules.read()
            if let bundle { try EditionLoader.check(bundle, with: knowledge) }
            return try World.edition(files.map(\.source), knowledge)
        }
        let first = holder.current.id
        var changed = try bundle().bytes
        let place = try #require(changed.firstRange(of: Array("major".utf8)))
        changed.replaceSubrange(place, with: Array("minor".utf8))
        try write(changed)
        let error = #expect(throws: EditionError.self) { try holder.reload() }
        #expect(error?.description.contains("not as it was published") == true)
        #expect(error?.headline == "the bundle cannot be used")
        #expect(holder.current.id == first)
        #expect(holder.state.lastFailure != nil)
        try write(bundle().bytes)
        let reloaded = try holder.reload()
        #expect(reloaded != nil)
        #expect(holder.state.lastFailure == nil)
    }

    @Test("A bundle of another knowledge file is refused, with both named")
    func otherKnowledge() throws {
        let knowledge = try World.knowledge()
        try EditionLoader.check(try bundle(), with: knowledge)
        let other = try bundle(knowledge: "ff")
        let error = #expect(throws: EditionError.self) { try EditionLoader.check(other, with: knowledge) }
        #expect(error?.description == "the bundle was checked with knowledge 2025.11.1 (ff), and the knowledge file is 2025.11.1 (00)")
    }

    @Test("Neither a missing bundle, nor one of a stranger, nor a file that is no key")
    func refusals() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: EditionError.self) { try rules.read() }
        try write(bundle().bytes)
        try Data(SigningKey().verificationKey.pem.utf8).write(to: folder.appendingPathComponent("release.pub"))
        let stranger = #expect(throws: EditionError.self) { try rules.read() }
        #expect(stranger?.description.contains(key.verificationKey.id) == true)
        try Data("none".utf8).write(to: folder.appendingPathComponent("release.pub"))
        #expect(throws: EditionError.self) { try rules.read() }
    }
}
