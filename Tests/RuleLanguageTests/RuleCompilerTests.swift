import Documents
import Engine
import RuleLanguage
import Testing

@Suite struct RuleCompilerTests {
    static let good = MessagesTests.interaction(MessagesTests.pair)

    @Test func oneBrokenFileLoadsNothing() {
        let broken = Source(name: "broken.yaml", text: "rule: broken\nkind: nothing\n")
        let (ruleSet, diagnostics) = Samples.compiler.compile([Source(name: "sample.yaml", text: Self.good), broken])
        #expect(ruleSet == nil)
        #expect(diagnostics.allSatisfy { $0.file == "broken.yaml" })
    }

    @Test func draftsAreTestedAndNotPlanned() throws {
        let draft = Source(name: "sample.yaml", text: Self.good.replacingOnce("status: active", "status: draft"))
        let ruleSet = try #require(Samples.compiler.compile([draft]).ruleSet)
        #expect(ruleSet.plan.rules.isEmpty)
        #expect(ruleSet.rules.count == 1)
        #expect(try #require(Samples.compiler.compile([draft], includingDrafts: true).ruleSet).plan.rules.count == 1)
    }

    @Test func theDigestFollowsTheBytesAndNotTheOrder() throws {
        let one = Source(name: "sample.yaml", text: Self.good)
        let two = Source(name: "two.yaml", text: Self.good.replacingOnce("rule: sample", "rule: two"))
        let forth = try #require(Samples.compiler.compile([one, two]).ruleSet)
        let back = try #require(Samples.compiler.compile([two, one]).ruleSet)
        #expect(forth.digest == back.digest)
        let changed = Source(name: "two.yaml", text: Self.good.replacingOnce("rule: sample", "rule: two") + " ")
        #expect(try #require(Samples.compiler.compile([one, changed]).ruleSet).digest != forth.digest)
    }

    @Test func theSpellingOfThePathIsNoPartOfTheEdition() throws {
        let digests = try ["Rules/a/sample.yaml", "./Rules/a/sample.yaml", "/elsewhere/Rules/a/sample.yaml"].map { name in
            let other = Source(name: name.replacingOnce("a/sample", "b/two"), text: Self.good.replacingOnce("rule: sample", "rule: two"))
            return try #require(Samples.compiler.compile([Source(name: name, text: Self.good), other]).ruleSet).digest
        }
        #expect(Set(digests).count == 1)
    }

    @Test func everyFactAndRowHasAPlaceInItsFile() throws {
        let ruleSet = try #require(Samples.compiler.compile([Source(name: "sample.yaml", text: Self.good)]).ruleSet)
        let rule = try #require(ruleSet.rules.first)
        #expect(rule.origins.count == rule.rule.facts.count + rule.rule.grades.count)
        let size = Self.good.utf8.count
        #expect(rule.origins.allSatisfy { $0.range.start < $0.range.end && $0.range.end <= size })
    }

    @Test func aSetAddsNamesAndCannotChangeKnownOnes() throws {
        let sets = Source(name: "sets.yaml", text: "classes:\n  ward-list: { members: [warfarin, ibuprofen] }\n  nsaid: { members: [warfarin] }\n")
        let rule = Source(name: "sample.yaml", text: MessagesTests.interaction("a: { drug: metformin }\n  b: { class: ward-list }"))
        let (ruleSet, diagnostics) = Samples.compiler.compile([rule, sets])
        #expect(ruleSet != nil)
        #expect(diagnostics.map(\.code) == ["V220"])
    }

    /// Any bytes give rules or diagnostics, never a trap.
    @Test func mutatedFilesNeverTrap() {
        var generator = SeededGenerator(state: 7)
        let original = Array(Self.good.utf8)
        for _ in 0..<400 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...30, using: &generator)))
                default: bytes.insert(contentsOf: bytes[..<min(20, bytes.count)], at: place)
                }
                if bytes.isEmpty { bytes = [10] }
            }
            let (ruleSet, diagnostics) = Samples.compiler.compile([Source(name: "sample.yaml", bytes: bytes)])
            #expect(ruleSet != nil || diagnostics.contains { $0.severity == .error })
        }
    }
}

/// Numbers that look random and are the same in each run (SplitMix64, doi:10.1145/2660193.2660195).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
