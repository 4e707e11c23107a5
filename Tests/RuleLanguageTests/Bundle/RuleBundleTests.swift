import Clinical
import Digests
import Documents
import Engine
import Knowledge
import SamplePack
import Testing

@testable import RuleLanguage

/// A release of rules as one file.
@Suite struct RuleBundleTests {
    private static let key = try? SigningKey(text: String(repeating: "0b", count: 32))
    private static let stranger = try? SigningKey(text: String(repeating: "0c", count: 32))

    private func bundle(_ overrides: String = SamplePack.overrides("set: { grades.high.severity: moderate }")) throws -> RuleBundle {
        let files = SamplePack.files(overrides)
        let ruleSet = try #require(Samples.compiler.compile(files).ruleSet)
        let manifest = BundleManifest(
            vigil: "0.1.0", published: Samples.today, packs: ruleSet.packs.map(\.words), ruleCount: ruleSet.plan.rules.count, rules: ruleSet.digest,
            knowledgeVersion: "test.1", knowledge: "00", tests: BundleManifest.Tests(passed: 1, skipped: 0, mutationScore: 100))
        return RuleBundle(
            manifest: manifest, files: try RuleBundle.files(ruleSet.files),
            tests: [RuleBundle.TestLine(rule: "nsaid-anticoagulant", name: "an older patient", outcome: "passed")])
    }

    private func signed() throws -> RuleBundle {
        var bundle = try bundle()
        let key = try #require(Self.key)
        try bundle.sign(with: key)
        return bundle
    }

    @Test func readAgainItIsTheSame() throws {
        let bundle = try signed()
        let again = try RuleBundle(parsing: bundle.bytes)
        #expect(again.bytes == bundle.bytes)
        #expect(again.id == bundle.id)
        #expect(again.manifest == bundle.manifest)
        #expect(again.files.map(\.path) == ["nsaid-anticoagulant.yaml", "pack.yaml", "overrides.yaml"])
        let key = try #require(Self.key).verificationKey
        #expect(try again.verified(by: [key]) == key)
    }

    @Test func whatItHoldsIsTheSameEdition() throws {
        let ruleSet = try #require(Samples.compiler.compile(try signed().ruleFiles).ruleSet)
        let stated = try bundle().manifest.rules
        #expect(ruleSet.digest == stated)
        #expect(ruleSet.rules.first?.rule.grades.map(\.severity) == [.major, .moderate])
    }

    /// Wherever its folder is, the same rules make the same bundle.
    @Test func noPathOfAMachineIsInIt() throws {
        let files = SamplePack.files(SamplePack.overrides("set: { grades.high.severity: moderate }"))
        let moved = files.map { RuleFile(Source(name: "/somewhere/else/" + $0.source.name, bytes: $0.source.bytes), layer: $0.layer) }
        let (here, there) = (try RuleBundle.files(files), try RuleBundle.files(moved))
        #expect(here == there)
        #expect(Samples.compiler.compile(moved).ruleSet?.digest == Samples.compiler.compile(files).ruleSet?.digest)
    }

    @Test func aStrangersSignatureDoesNotCount() throws {
        let bundle = try signed()
        let stranger = try #require(Self.stranger).verificationKey
        let own = try #require(Self.key).verificationKey
        #expect(throws: BundleError.untrusted(signers: [own.id], trusted: [stranger.id])) { try bundle.verified(by: [stranger]) }
        let unsigned = try self.bundle()
        #expect(throws: BundleError.unsigned) { try unsigned.verified(by: [stranger]) }
        var both = bundle
        let second = try #require(Self.stranger)
        try both.sign(with: second)
        #expect(try both.verified(by: [stranger]) == stranger)
    }

    /// Any byte that is changed is noticed: by the reader, or by the signature.
    @Test func noByteCanBeChanged() throws {
        let bytes = try signed().bytes
        let key = try #require(Self.key).verificationKey
        for place in stride(from: 0, to: bytes.count, by: 7) {
            var changed = bytes
            changed[place] ^= 0x01
            let isAccepted = (try? RuleBundle(parsing: changed).verified(by: [key])) != nil
            #expect(!isAccepted, "byte \(place)")
        }
        for length in stride(from: 0, to: bytes.count - 1, by: 11) {
            #expect((try? RuleBundle(parsing: Array(bytes.prefix(length))).verified(by: [key])) == nil, "\(length) bytes")
        }
    }

    @Test(arguments: [
        ("", BundleError.notABundle), ("{}\n{}\n", .notABundle), ("rule: sample\nkind: x\n", .notABundle),
        ("{\"bundle\":2}\n{\"signatures\":[]}\n", .otherLayout(2)), ("{\"bundle\":1}\n{\"signatures\":[]}\n", .damaged("its first line lacks something")),
    ])
    func whatIsNoBundleSaysSo(text: String, error: BundleError) {
        #expect(throws: error) { try RuleBundle(parsing: Array(text.utf8)) }
    }

    @Test func aFileThatIsNoTextIsRefused() {
        #expect(throws: BundleError.notText("a.yaml")) { try RuleBundle.files([RuleFile(Source(name: "a.yaml", bytes: [0xFF, 0xFE]))]) }
    }
}
