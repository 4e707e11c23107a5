import Clinical

/// Instants as the journal writes them: RFC 3339 in UTC, always with three digits of milliseconds, so that the order of the
/// texts is the order of time.
enum JournalTime {
    static func text(_ instant: Instant) -> String {
        let ofDay = Int((instant.milliseconds % 86_400_000 + 86_400_000) % 86_400_000)
        let seconds = ofDay / 1000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }.joined(separator: ":")
        return "\(instant.date(in: .utc))T\(clock).\(padded(ofDay % 1000, to: 3))Z"
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
