import Clinical
import Documents
import Testing

@testable import Replay

/// Whatever an author writes gives a story or a message at its own words; it never traps.
@Suite struct ShorthandFuzzTests {
    private static let words = [
        "warfarin", "amoxicillin", "rxcui:197361", "rxcui:", "uncoded", "5", "5-", "-5", "1-2", "9999999999999999999999999999999999999999",
        "1e99", "mg", "mgg", "tablets", "iv", "by", "mouth", "daily", "2x/day", "0x/day", "x/", "every", "6", "hours", "other", "q", "qh",
        "q6h", "once", "twice", "at", "night", "as", "needed", "stopped", "since", "until", "for", "days", "on", "hold", "2026-01-05",
        "2026-13-40", "0000", "->", "hives-or-rash", "refuted", "none", "known", "asthma", "resolved", "serum-potassium", "<5", "<", "%",
        "mmol/L", "999999999", "y", "é", "👩‍⚕️", "#", "mammogram", "ppsv23",
    ]

    private static let keys = [
        "age", "born", "sex", "pregnant", "weight", "setting", "taking", "ordering", "allergies", "problems", "labs", "done", "vaccines",
        "not_supplied",
    ]

    @Test func anyWordsGiveAStoryOrAMessage() throws {
        let knowledge = try RepositoryKnowledge.base()
        var seed: UInt64 = 0x5EED
        func next(_ count: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((seed >> 33) % UInt64(count))
        }
        for _ in 0..<150 {
            let text = (0...next(7)).map { _ in Self.words[next(Self.words.count)] }.joined(separator: " ")
            let key = Self.keys[next(Self.keys.count)]
            let size = text.utf8.count
            let value = YAMLNode.scalar(text: text, style: .plain, range: SourceRange(start: 10, end: 10 + size))
            let name = YAMLNode.scalar(text: key, style: .plain, range: SourceRange(start: 0, end: key.utf8.count))
            let given = YAMLNode.mapping([(name, value)], range: SourceRange(start: 0, end: 10 + size), isFlow: false)
            let (story, diagnostics) = GivenReader.read(given, today: Samples.today, knowledge: knowledge, file: "fuzz.yaml")
            for diagnostic in diagnostics {
                let range = try #require(diagnostic.range)
                #expect(range.start >= 10 && range.end <= 10 + size && range.end > range.start, "\(key): \(text)")
            }
            if diagnostics.isEmpty { _ = try StoryReading.snapshot(of: story, asOf: Samples.asOf) }
        }
    }
}
