import Clinical
import Testing

@testable import Service

@Suite("Request clock")
struct RequestClockTests {
    @Test("A fixed clock stands still")
    func fixed() throws {
        let asOf = try #require(AsOf("2026-11-21"))
        #expect(RequestClock.fixed(asOf).now() == asOf)
    }

    @Test("The system's clock goes on, and its zone decides the day")
    func system() throws {
        let early = try #require(ZoneOffset("-12:00"))
        let late = try #require(ZoneOffset("+14:00"))
        let first = RequestClock.system(early).now()
        let second = RequestClock.system(late).now()
        #expect(first.instant <= second.instant)
        #expect(first.today < second.today)
    }
}
