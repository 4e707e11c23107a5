import Foundation
import Testing

/// The README's first card is the one that the service gives.
@Suite("README")
struct ReadmeTests {
    @Test("The answer shown after the curl line is the answer")
    func firstCard() throws {
        let text = try String(contentsOf: SourceTree.root.appendingPathComponent("README.md"), encoding: .utf8)
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("\"summary\":") || $0.hasPrefix("\"indicator\":") }
        #expect(lines.count >= 2)
        guard let program = BuiltProgram() else { return }
        let answer = String(decoding: try program.evaluate(asOf: "2026-11-21T09:00:00Z"), as: UTF8.self)
        let pattern = try Regex(#""(indicator|summary)":"[^"]*""#)
        #expect(answer.matches(of: pattern).map { answer[$0.range] } == lines)
    }
}
