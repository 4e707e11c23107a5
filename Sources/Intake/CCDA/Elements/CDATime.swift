import Clinical
import Documents

/// A time as CDA writes it, `YYYYMMDDhhmmss.f±zzzz` cut off anywhere, taken apart.
///
/// - Source: HL7 v3 data types, TS: literal form.
struct CDATime {
    let digits: String
    let fraction: String
    /// As FHIR writes it: `-05:00`; nil where there is none.
    let zone: String?

    init?(_ text: String) {
        let text = text.filter { $0 != " " }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        var rest = text[digits.endIndex...]
        var fraction = ""
        if rest.hasPrefix(".") {
            let places = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            fraction = places.isEmpty ? "" : ".\(places)"
            rest = rest.dropFirst().dropFirst(places.count)
        }
        guard [4, 6, 8, 10, 12, 14].contains(digits.count) else { return nil }
        self.digits = String(digits)
        self.fraction = fraction
        if rest.isEmpty {
            zone = nil
        } else if let zone = Self.zone(rest) {
            self.zone = zone
        } else {
            return nil
        }
    }

    private static func zone(_ text: Substring) -> String? {
        if text == "Z" { return "Z" }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard digits.count == 4 || digits.count == 2, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let minutes = digits.count == 4 ? digits.suffix(2) : "00"
        return "\(sign)\(digits.prefix(2)):\(minutes)"
    }

    private func part(_ from: Int, _ to: Int) -> Substring {
        let start = digits.index(digits.startIndex, offsetBy: from)
        return digits[start..<digits.index(digits.startIndex, offsetBy: to)]
    }

    /// The date with the precision that was written, at most the day.
    var date: String {
        switch digits.count {
        case 4: digits
        case 6: "\(part(0, 4))-\(part(4, 6))"
        default: "\(part(0, 4))-\(part(4, 6))-\(part(6, 8))"
        }
    }

    /// True where minutes are told; an hour alone is no time of FHIR.
    var hasTime: Bool { digits.count >= 12 }

    func dateTime(in zone: String) -> String {
        let seconds = digits.count >= 14 ? "\(part(12, 14))\(fraction)" : "00"
        return "\(date)T\(part(8, 10)):\(part(10, 12)):\(seconds)\(zone)"
    }
}

/// Beginning and end as CDA tells them, in FHIR's form.
struct CDAInterval {
    /// The single time, where it is one.
    var point: String?
    var low: String?
    var high: String?
    /// Why there is no end.
    var highFlavor: String?

    var start: String? { point ?? low }

    var period: JSONValue? {
        object([("start", start.map { .string($0) }), ("end", (high ?? point).map { .string($0) })])
    }
}

extension CCDAConverter {
    /// The time of a TS in FHIR's form; what is none is noted.
    ///
    /// A time without a zone is read in the zone of the document's own time; without that, only its day is kept.
    ///
    /// - Source: C-CDA on FHIR 2.0.0, mapping guidance: CDA ↔ FHIR time/dates.
    mutating func dateTime(_ node: XMLNode?, _ what: String) -> String? {
        guard let node, let text = node.attribute("value") else { return nil }
        guard let time = CDATime(text), PartialDate(time.date) != nil else {
            note(what, "not a time of CDA; passed over", at: node)
            return nil
        }
        guard time.hasTime, let zone = time.zone ?? documentZone else { return time.date }
        let whole = time.dateTime(in: zone)
        guard PartialDate(whole) != nil else {
            note(what, "not a time of CDA; only its day is used", at: node)
            return time.date
        }
        if time.zone == nil { hasBorrowedZone = true }
        return whole
    }

    /// A time or an interval of times.
    mutating func interval(_ node: XMLNode?, _ what: String) -> CDAInterval {
        var interval = CDAInterval()
        guard let node else { return interval }
        interval.point = dateTime(node, what) ?? dateTime(node.child("center"), what)
        interval.low = dateTime(node.child("low"), what)
        interval.high = dateTime(node.child("high"), what)
        interval.highFlavor = node.child("high")?.nullFlavor
        if node.child("width") != nil, interval.high == nil { note(what, "an end told as a length; passed over", at: node) }
        return interval
    }

    /// The earliest time at which one of its authors wrote it.
    mutating func authored(_ node: XMLNode) -> String? {
        var times: [String] = []
        for author in node.children(named: "author") {
            if let time = dateTime(author.child("time"), "author.time") { times.append(time) }
        }
        return times.min()
    }

    /// Who wrote it, by name.
    func author(_ node: XMLNode) -> String? {
        let name = node.child(at: "author", "assignedAuthor", "assignedPerson", "name")
        return name.flatMap { CDANarrative.words(of: $0) }
    }
}
