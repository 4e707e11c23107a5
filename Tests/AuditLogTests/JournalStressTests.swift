import AuditLog
import Foundation
import Testing

@Suite("Stress")
struct JournalStressTests {
    let folder = TemporaryFolder()

    @Test("Whatever was acknowledged is found, over several runs; what was not there is missed")
    func acknowledged() async throws {
        let (stream, continuation) = AsyncStream<String>.makeStream()
        for _ in 0..<2 { try await JournalStress.run(path: folder.journal, count: 100) { continuation.yield($0) } }
        continuation.finish()
        var text = ""
        for await line in stream { text += line + "\n" }
        #expect(text.split(separator: "\n").count == 200 + 25)
        #expect(try await JournalStress.missing(path: folder.journal, acknowledged: text).isEmpty)
        let invented = "decision 3:\(String(repeating: "0", count: 64))\nfeedback 00\nnonsense\ndecision 9:cut"
        #expect(try await JournalStress.missing(path: folder.journal, acknowledged: text + invented).count == 3)
        #expect(try await Journal.read(folder.journal).verify().entries == 200)
    }
}
