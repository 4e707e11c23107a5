import Digests
import Documents
import Foundation
import KnowledgeStore
import Testing

@testable import Service

@Suite("Signed knowledge")
struct SignedKnowledgeTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-signed-\(UUID().uuidString)")

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// The repository's own knowledge and a rule, in a folder of the test.
    private func prepare(signer: SigningKey) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        _ = try KnowledgeBuilder.build(tables: root + "/Knowledge", into: path("knowledge.sqlite"), signer: signer)
        try Data(World.rule.bytes).write(to: URL(fileURLWithPath: path("rule.yaml")))
    }

    private func write(_ key: VerificationKey, to name: String) throws -> String {
        try Data(key.pem.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    private func loader(_ keys: [String]) -> EditionLoader {
        EditionLoader(rules: [path("rule.yaml")], knowledge: path("knowledge.sqlite"), keys: keys, clock: World.clock)
    }

    @Test("Knowledge is loaded where a trusted key signed it, refused where none did, and looked at again when its signatures change")
    func trusted() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let vendor = SigningKey()
        try prepare(signer: vendor)
        let known = try write(vendor.verificationKey, to: "vendor.pub")
        let stranger = try write(SigningKey().verificationKey, to: "stranger.pub")
        let loading = loader([stranger, known])
        _ = try loading.load()
        #expect(loading.stamps().count == 5)
        let refused = #expect(throws: EditionError.self) { try loader([stranger]).load() }
        #expect(refused?.description.contains(vendor.verificationKey.id) == true)
        // The file is as it was; only its signatures are gone.
        try FileManager.default.removeItem(atPath: KnowledgeSignatures.path(of: path("knowledge.sqlite")))
        let unsigned = #expect(throws: EditionError.self) { try loading.load() }
        #expect(unsigned?.description.contains("nobody has signed") == true)
        _ = try loader([]).load()
    }

    @Test("A key that cannot be read is named")
    func noKey() throws {
        let error = #expect(throws: EditionError.self) { try loader([path("none.pub")]).load() }
        #expect(error?.description.contains("none.pub") == true)
    }
}
