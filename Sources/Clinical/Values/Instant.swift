/// A point in time, to the millisecond; years 0001 to 9999 of UTC.
@frozen
public struct Instant: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let milliseconds: Int64

    /// The instant so many milliseconds after 1970, held within the years 0001 to 9999.
    @inlinable
    public init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
    }

    /// The instant written after RFC 3339: date, time with seconds, and a zone.
    public init?(_ rfc3339: some StringProtocol) {
        guard let moment = PartialDate(rfc3339), moment.precision == .instant else { return nil }
        self = moment.instants(in: .utc).lowerBound
    }

    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// The instant so much later.
    public func adding(milliseconds span: Int64) -> Instant {
        let (sum, overflow) = milliseconds.addingReportingOverflow(span)
        return Instant(milliseconds: overflow ? (span < 0 ? .min : .max) : sum)
    }

    /// The instant so many hours or minutes later; `nil` for days and longer, which are counted on the calendar.
    ///
    /// A day of the calendar may have 23 or 25 hours, so "24 hours" and "1 day" are two things.
    public func adding(_ span: TimeSpan) -> Instant? {
        span.elapsedMilliseconds.map(adding(milliseconds:))
    }

    /// The calendar day on which it lies in `zone`.
    public func date(in zone: ZoneOffset) -> CivilDate {
        CivilDate(daysSinceEpoch: localTime(in: zone).day)
    }

    /// The days since 1970 and the milliseconds of the day that a clock in `zone` shows.
    func localTime(in zone: ZoneOffset) -> (day: Int, millisecondOfDay: Int) {
        let local = Int(milliseconds) + zone.seconds * 1000
        let day = local >= 0 ? local / 86_400_000 : -((86_399_999 - local) / 86_400_000)
        return (day, local - day * 86_400_000)
    }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC, with milliseconds where there are any.
    public var description: String { PartialDate(self, zone: .utc).description }
}

/// How far a clock stands from UTC.
@frozen
public struct ZoneOffset: Sendable, Hashable {
    @usableFromInline let offset: Int32

    /// Seconds ahead of UTC, negative where behind it.
    @inlinable public var seconds: Int { Int(offset) }

    /// The zone so many seconds ahead of UTC, held within ±18 hours.
    @inlinable
    public init(seconds: Int) {
        offset = Int32(min(max(seconds, -64_800), 64_800))
    }

    /// The zone written as `Z` or `+02:00`, at most 14 hours from UTC as FHIR has it.
    public init?(_ text: some StringProtocol) {
        let zone = text.withBytes { bytes -> ZoneOffset? in
            var reader = ByteReader(bytes)
            guard let zone = ZoneOffset.read(&reader), reader.isAtEnd else { return nil }
            return zone
        }
        guard let zone else { return nil }
        self = zone
    }

    public static let utc = ZoneOffset(seconds: 0)

    /// Reads `Z`, `+hh:mm` or `-hh:mm`.
    static func read(_ reader: inout ByteReader) -> ZoneOffset? {
        if reader.take(UInt8(ascii: "Z")) { return .utc }
        let isBehind = reader.take(UInt8(ascii: "-"))
        guard isBehind || reader.take(UInt8(ascii: "+")) else { return nil }
        guard let hours = reader.number(of: 2), reader.take(UInt8(ascii: ":")), let minutes = reader.number(of: 2),
            minutes < 60, hours * 60 + minutes <= 14 * 60
        else { return nil }
        let seconds = (hours * 60 + minutes) * 60
        return ZoneOffset(seconds: isBehind ? -seconds : seconds)
    }
}

extension ZoneOffset: CustomStringConvertible {
    /// `Z`, `+02:00` or `-05:30`.
    public var description: String { seconds == 0 ? "Z" : numeric }

    /// `+00:00` where `Z` would do as well.
    var numeric: String {
        let minutes = abs(seconds) / 60
        return "\(seconds < 0 ? "-" : "+")\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
    }
}
