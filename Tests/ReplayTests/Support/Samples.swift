import Clinical
import Documents
import Intake
import Knowledge
import Testing

@testable import Replay

/// What the tests of this room have in common.
enum Samples {
    static let today = RuleTestRunner.standardToday
    static let asOf = AsOf(instant: Instant(noonOf: today), zone: .utc)

    static func yaml(_ text: String) throws -> YAMLNode {
        let (node, diagnostics) = YAMLReader.read(Source(name: "sample.yaml", text: text))
        #expect(diagnostics.isEmpty, "the sample is not YAML")
        return try #require(node)
    }

    /// What `given:` says, told as YAML.
    static func given(_ text: String) throws -> (story: PatientStory, diagnostics: [Diagnostic]) {
        let knowledge = try RepositoryKnowledge.base()
        return GivenReader.read(try yaml(text), today: today, knowledge: knowledge, file: "sample.yaml")
    }

    /// A story without complaints.
    static func story(_ text: String) throws -> PatientStory {
        let (story, diagnostics) = try given(text)
        #expect(diagnostics.map(\.message) == [])
        return story
    }

    /// A story as the production reader hands it on.
    static func snapshot(_ text: String) throws -> Snapshot {
        let (snapshot, notes) = try StoryReading.snapshot(of: try story(text), asOf: asOf)
        #expect(notes.map(\.what) == [], "what we write, our reader must use wholly")
        return snapshot
    }

    static func date(_ text: String) throws -> PartialDate {
        try #require(PartialDate(text))
    }
}
