@testable import CDSHooks
import Clinical
import Digests
import Knowledge
import Testing

@Suite("The memory of what was shown")
struct ShownAlertsTests {
    private let start = Instant(milliseconds: 1_768_469_400_000)

    private func alert(_ key: String, _ content: String = "text", _ severity: Severity = .major) -> ShownAlert {
        ShownAlert(key: Digest(of: key), content: Digest(of: content), severity: severity)
    }

    @Test("what was not shown is new")
    func unknown() {
        var shown = ShownAlerts()
        #expect(!shown.knows(alert("a"), at: start))
        shown.remember([alert("a")], at: start)
        #expect(shown.knows(alert("a"), at: start))
        #expect(!shown.knows(alert("b"), at: start))
    }

    @Test("what has become more serious is new; what has become milder is not")
    func severity() {
        var shown = ShownAlerts()
        shown.remember([alert("a", "text", .moderate)], at: start)
        #expect(!shown.knows(alert("a", "text", .major), at: start))
        #expect(shown.knows(alert("a", "other", .minor), at: start))
    }

    @Test("what is critical is known only word for word")
    func critical() {
        var shown = ShownAlerts()
        shown.remember([alert("a", "text", .contraindicated)], at: start)
        #expect(shown.knows(alert("a", "text", .contraindicated), at: start))
        #expect(!shown.knows(alert("a", "other", .contraindicated), at: start))
    }

    @Test("the lifetime: just within, just after")
    func lifetime() {
        var shown = ShownAlerts(lifetime: .seconds(60))
        shown.remember([alert("a")], at: start)
        #expect(shown.knows(alert("a"), at: start.adding(milliseconds: 60_000)))
        #expect(!shown.knows(alert("a"), at: start.adding(milliseconds: 60_001)))
        shown.remember([], at: start.adding(milliseconds: 60_001))
        #expect(shown.count == 0)
    }

    @Test("the capacity: the oldest are forgotten, and what was shown again is young")
    func capacity() {
        var shown = ShownAlerts(capacity: 3)
        for (number, key) in ["a", "b", "c"].enumerated() { shown.remember([alert(key)], at: start.adding(milliseconds: Int64(number))) }
        shown.remember([alert("a")], at: start.adding(milliseconds: 10))
        shown.remember([alert("d")], at: start.adding(milliseconds: 11))
        #expect(shown.count == 3)
        let now = start.adding(milliseconds: 12)
        #expect(shown.knows(alert("a"), at: now) && !shown.knows(alert("b"), at: now))
        #expect(shown.knows(alert("c"), at: now) && shown.knows(alert("d"), at: now))
    }

    @Test("it stays small, whatever is shown how often")
    func bounded() {
        var shown = ShownAlerts(capacity: 50)
        for number in 0..<20_000 { shown.remember([alert("\(number % 70)")], at: start.adding(milliseconds: Int64(number))) }
        #expect(shown.count <= 50)
        for number in 0..<20_000 { shown.remember([alert("same")], at: start.adding(milliseconds: Int64(20_000 + number))) }
        #expect(shown.count <= 50)
        #expect(shown.queueLength <= 200)
    }
}

extension ShownAlerts {
    /// What it answers, asked of a copy: expectations cannot change what they look at.
    fileprivate func knows(_ alert: ShownAlert, at now: Instant) -> Bool {
        var copy = self
        return copy.hasShown(alert, at: now)
    }
}
