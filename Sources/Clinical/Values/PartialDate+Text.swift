extension PartialDate {
    /// The date, dateTime or instant written in `text`, after the grammar of FHIR R4.
    ///
    /// A time needs its seconds and a zone; `24:00`, 30 February and year 0 are refused.
    ///
    /// - Source: FHIR R4, datatypes: dateTime, regular expression and "the time 24:00 is not allowed".
    public init?(_ text: some StringProtocol) {
        guard let date = text.withBytes(PartialDate.whole) else { return nil }
        self = date
    }

    /// The same over bytes.
    ///
    /// - Complexity: linear; allocates nothing.
    public init?(utf8: ArraySlice<UInt8>) {
        guard let date = utf8.withUnsafeBufferPointer(PartialDate.whole) else { return nil }
        self = date
    }

    /// The same over bytes that somebody else keeps.
    public init?(utf8: UnsafeBufferPointer<UInt8>) {
        guard let date = PartialDate.whole(utf8) else { return nil }
        self = date
    }

    private static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> PartialDate? {
        var reader = ByteReader(bytes)
        guard let year = reader.number(of: 4) else { return nil }
        if reader.isAtEnd { return span(year, 1, 12, .year) }
        guard reader.take(UInt8(ascii: "-")), let month = reader.number(of: 2) else { return nil }
        if reader.isAtEnd { return span(year, month, month, .month) }
        guard reader.take(UInt8(ascii: "-")), let day = reader.number(of: 2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        if reader.isAtEnd { return PartialDate(date) }
        guard reader.take(UInt8(ascii: "T")) else { return nil }
        return moment(on: date, &reader)
    }

    private static func span(_ year: Int, _ firstMonth: Int, _ lastMonth: Int, _ form: Form) -> PartialDate? {
        guard let first = CivilDate(year: year, month: firstMonth, day: 1) else { return nil }
        let lastDay = CivilDate.daysInMonth(lastMonth, year: year)
        guard let last = CivilDate(year: year, month: lastMonth, day: lastDay) else { return nil }
        return PartialDate(.days(first: first, last: last, form))
    }

    private static func moment(on date: CivilDate, _ reader: inout ByteReader) -> PartialDate? {
        guard let hour = reader.number(of: 2), hour < 24, reader.take(UInt8(ascii: ":")),
            let minute = reader.number(of: 2), minute < 60, reader.take(UInt8(ascii: ":")),
            let second = reader.number(of: 2), second <= 60
        else { return nil }
        var writing = Writing(isLeapSecond: second == 60)
        guard let nanosecond = fraction(&reader, &writing) else { return nil }
        let signPosition = reader.position
        guard let zone = ZoneOffset.read(&reader), reader.isAtEnd else { return nil }
        if zone == .utc {
            switch reader.bytes[signPosition] {
            case UInt8(ascii: "+"): writing.zone = .plusZero
            case UInt8(ascii: "-"): writing.zone = .minusZero
            default: break
            }
        }
        let secondOfDay = (hour * 60 + minute) * 60 + min(second, 59)
        let millisecond = writing.isLeapSecond ? 999 : nanosecond / 1_000_000
        writing.nanosecondOfMillisecond = UInt32(nanosecond % 1_000_000)
        if writing.isLeapSecond { writing.nanosecondOfMillisecond = UInt32(nanosecond) }
        let local = (date.daysSinceEpoch * 86_400 + secondOfDay - zone.seconds) * 1000 + millisecond
        return PartialDate(.moment(Instant(milliseconds: Int64(local)), zone, writing))
    }

    /// The fraction of the second in nanoseconds; digits beyond the ninth are read and dropped.
    private static func fraction(_ reader: inout ByteReader, _ writing: inout Writing) -> Int? {
        guard reader.take(UInt8(ascii: ".")) else { return 0 }
        guard reader.digit != nil else { return nil }
        var (nanosecond, unit) = (0, 100_000_000)
        while let digit = reader.digit {
            reader.position += 1
            guard unit > 0 else { continue }
            nanosecond += Int(digit) * unit
            unit /= 10
            writing.fractionDigits += 1
        }
        return nanosecond
    }
}

extension PartialDate: CustomStringConvertible {
    /// As it was written; a window as its first and last day.
    public var description: String {
        switch content {
        case .days(let first, _, .year): padded(first.year, to: 4)
        case .days(let first, _, .month): "\(padded(first.year, to: 4))-\(padded(first.month, to: 2))"
        case .days(let first, _, .day): first.description
        case .days(let first, let last, .window): "\(first) to \(last)"
        case .moment(let instant, let zone, let writing): Self.text(instant, zone, writing)
        }
    }

    private static func text(_ instant: Instant, _ zone: ZoneOffset, _ writing: Writing) -> String {
        let (day, millisecondOfDay) = instant.localTime(in: zone)
        let secondOfDay = millisecondOfDay / 1000
        let second = writing.isLeapSecond ? 60 : secondOfDay % 60
        let time = [secondOfDay / 3600, secondOfDay / 60 % 60, second].map { padded($0, to: 2) }.joined(separator: ":")
        let nanosecond =
            Int(writing.nanosecondOfMillisecond) + (writing.isLeapSecond ? 0 : millisecondOfDay % 1000 * 1_000_000)
        let digits = padded(nanosecond, to: 9).prefix(Int(writing.fractionDigits))
        let offset =
            switch writing.zone {
            case .plain: zone.description
            case .plusZero: "+00:00"
            case .minusZero: "-00:00"
            }
        return "\(CivilDate(daysSinceEpoch: day))T\(time)\(digits.isEmpty ? "" : ".")\(digits)\(offset)"
    }
}
