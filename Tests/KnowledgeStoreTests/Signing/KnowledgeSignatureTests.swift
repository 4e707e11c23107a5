import Digests
import Knowledge
import KnowledgeStore
import Testing

@Suite("Signed knowledge files")
struct KnowledgeSignatureTests {
    private let vendor = SigningKey()
    private let pharmacy = SigningKey()

    private func problem(_ file: String, trusting keys: [VerificationKey]) -> KnowledgeStoreError.FileProblem? {
        do throws(KnowledgeStoreError) {
            _ = try KnowledgeStore.open(file, trusting: keys)
            return nil
        } catch {
            guard case .file(_, let problem) = error else { return nil }
            return problem
        }
    }

    @Test("A file opens where one of the trusted keys signed it, and nowhere else")
    func opens() throws {
        let file = SourceTables.temporary("signed.sqlite")
        _ = try KnowledgeBuilder.build(tables: SmallFolder.make("signed"), into: file, signer: vendor)
        #expect(problem(file, trusting: []) == nil)
        #expect(problem(file, trusting: [pharmacy.verificationKey, vendor.verificationKey]) == nil)
        #expect(problem(file, trusting: [pharmacy.verificationKey]) == .untrusted(signers: [vendor.verificationKey.id], trusted: [pharmacy.verificationKey.id]))
        // A second signer stands beside the first; signing twice changes nothing.
        _ = try KnowledgeSignatures.sign(file, with: pharmacy)
        let again = try KnowledgeSignatures.sign(file, with: pharmacy)
        #expect(problem(file, trusting: [pharmacy.verificationKey]) == nil)
        let signatures = try KnowledgeSignatures.read(of: file).signatures
        #expect(signatures.map(\.key) == [vendor.verificationKey.id, pharmacy.verificationKey.id])
        #expect(signatures.last == again)
    }

    @Test("Other contents are not signed: an import without a key, a build without one, a signature of another file")
    func otherContents() throws {
        let file = try ImportWorld.file("signed-base")
        _ = try KnowledgeSignatures.sign(file, with: vendor)
        let output = SourceTables.temporary("signed-imported.sqlite")
        _ = try KnowledgeImporter.run(ImportWorld.vendor, version: nil, base: file, output: output)
        #expect(problem(output, trusting: [vendor.verificationKey]) == .unsigned)
        // The signature of the file before does not hold for what was made of it.
        SourceTables.write(SourceTables.bytes(KnowledgeSignatures.path(of: file)), to: KnowledgeSignatures.path(of: output))
        #expect(problem(output, trusting: [vendor.verificationKey]) == .untrusted(signers: [vendor.verificationKey.id], trusted: [vendor.verificationKey.id]))
        _ = try KnowledgeImporter.run(ImportWorld.vendor, version: nil, base: file, output: output, signer: vendor)
        #expect(problem(output, trusting: [vendor.verificationKey]) == nil)
        _ = try KnowledgeImporter.run(ImportWorld.vendor, version: nil, base: file, output: output)
        #expect(problem(output, trusting: [vendor.verificationKey]) == .unsigned)
    }

    @Test("A damaged file is damaged, whoever signed it; a text that is no list of signatures is said to be none")
    func damage() throws {
        let file = try ImportWorld.file("signed-damaged")
        _ = try KnowledgeSignatures.sign(file, with: vendor)
        SourceTables.write(Array("hello\n".utf8), to: KnowledgeSignatures.path(of: file))
        #expect(problem(file, trusting: [vendor.verificationKey]) == .noSignatures)
        #expect(problem(file, trusting: []) == nil)
        var bytes = SourceTables.bytes(file)
        bytes[bytes.count - 1] ^= 1
        SourceTables.write(bytes, to: file)
        #expect(problem(file, trusting: [vendor.verificationKey]) == .damaged)
        #expect(throws: KnowledgeStoreError.self) { try KnowledgeSignatures.sign(file, with: vendor) }
    }
}
