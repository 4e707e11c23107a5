import Clinical

/// A time of HL7 v2 as FHIR writes it.
///
/// Precision stays: a year is a year. A time without a zone, its own or the sender's, counts by its day: which instant it was is not
/// known, and the day it was written under is.
///
/// - Source: HL7 v2.9, chapter 2A.3.22 (DTM); FHIR R4, dateTime: seconds may be zero-filled, a zone is required.
struct HL7Time {
    /// A date or dateTime of FHIR.
    let text: String
    /// True where the time of day was dropped for want of a zone.
    let hasLostTime: Bool

    /// The day, month or year.
    var day: String { String(text.prefix { $0 != "T" }) }

    /// - Parameter senderZone: the offset of MSH-7, such as `+02:15`.
    init?(_ written: String, senderZone: String?) {
        let main = written.prefix { $0 != "+" && $0 != "-" }
        let sign = written.dropFirst(main.count)
        let parts = main.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let digits = parts.first, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            [4, 6, 8, 10, 12, 14].contains(digits.utf8.count)
        else { return nil }
        var text = Self.joined(digits.prefix(8), by: "-", firstOf: 4)
        let time = digits.dropFirst(8)
        let zone = sign.isEmpty ? senderZone : Self.zone(sign)
        guard sign.isEmpty || zone != nil else { return nil }
        hasLostTime = !time.isEmpty && (zone == nil || time.count < 4)
        if let zone, time.count >= 4 {
            let fraction = parts.count > 1 && !parts[1].isEmpty && time.count == 6 ? ".\(parts[1])" : ""
            text += "T\(Self.joined(time + (time.count == 4 ? "00" : ""), by: ":", firstOf: 2))\(fraction)\(zone)"
        }
        guard PartialDate(text) != nil else { return nil }
        self.text = text
    }

    /// The offset of a time; nothing where it has none.
    static func zone(of written: String) -> String? {
        zone(written.drop { $0 != "+" && $0 != "-" })
    }

    /// `+0215` as `+02:15`.
    private static func zone(_ sign: Substring) -> String? {
        let digits = sign.dropFirst()
        guard sign.first != nil, digits.utf8.count == 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return "\(sign.prefix(1))\(digits.prefix(2)):\(digits.dropFirst(2))"
    }

    /// Digits in pairs, the first group of another length.
    private static func joined(_ digits: some StringProtocol, by separator: String, firstOf count: Int) -> String {
        var text = String(digits.prefix(count)), rest = digits.dropFirst(count)
        while !rest.isEmpty {
            text += separator + rest.prefix(2)
            rest = rest.dropFirst(2)
        }
        return text
    }
}
