/// How long a server asks to wait: seconds, or until an instant.
///
/// - Source: RFC 9110 §10.2.3 and §5.6.7 (of the three forms of a date the one that is sent today).
enum RetryAfter: Equatable {
    case seconds(Int)
    /// Seconds since 1970.
    case until(Int)

    /// `120` or `Sun, 06 Nov 1994 08:49:37 GMT`; nothing for another text.
    init?(_ text: String) {
        if let seconds = Int(text) {
            guard seconds >= 0 else { return nil }
            self = .seconds(seconds)
            return
        }
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT", let day = Int(parts[1]), (1...31).contains(day),
            let month = Self.months.firstIndex(of: String(parts[2])), let year = Int(parts[3]), (1970...9999).contains(year)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2]) else { return nil }
        self = .until(Self.days(year, month + 1, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2])
    }

    /// How many seconds that is from an instant; 0 where it is past.
    func seconds(at now: Int) -> Int {
        switch self {
        case .seconds(let seconds): seconds
        case .until(let instant): max(0, instant - now)
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Days since 1970 of a day in the Gregorian calendar: years begin in March, so that the leap day comes last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - 719_468
    }
}
