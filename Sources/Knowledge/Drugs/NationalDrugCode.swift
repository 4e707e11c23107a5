/// The product part of a National Drug Code: labeler and product, nine digits of the eleven.
///
/// - Source: 21 CFR 207.33; FHIR R4, terminologies-systems: NDC. Eleven digits are 5-4-2. With hyphens the shorter
///   forms 4-4-2, 5-3-2 and 5-4-1 are told apart and padded; ten digits without hyphens could be any of the three.
struct NationalDrugCode: Sendable, Hashable {
    /// The nine digits as a number.
    let product: Int

    /// `nil` for what is no NDC, or is an ambiguous one.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        for part in parts where part.isEmpty || !part.utf8.allSatisfy({ (48...57).contains($0) }) { return nil }
        switch parts.count {
        case 1:
            guard parts[0].utf8.count == 11, let digits = Int(parts[0].prefix(9)) else { return nil }
            product = digits
        case 2, 3:
            if parts.count == 3, !(1...2).contains(parts[2].utf8.count) { return nil }
            let lengths = (parts[0].utf8.count, parts[1].utf8.count)
            guard [4, 5].contains(lengths.0), [3, 4].contains(lengths.1), lengths != (4, 3),
                let labeler = Int(parts[0]), let number = Int(parts[1])
            else { return nil }
            product = labeler * 10_000 + number
        default:
            return nil
        }
    }
}
