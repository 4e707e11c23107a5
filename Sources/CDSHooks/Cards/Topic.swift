import Digests
import Engine

extension CardCoding {
    /// The system of our topics.
    static let topicSystem = "urn:vigil:rule"

    /// The kind of advice that a finding gives: its rule, and the drugs that take part.
    ///
    /// The same for every patient: Epic ties an override to it for the next time, and takes at most 100 letters, digits
    /// and dashes.
    static func topic(of finding: Finding) -> CardCoding {
        let drugs = Set(finding.participants.compactMap(\.rxcui)).sorted().map(String.init)
        return CardCoding(
            code: topicCode(([finding.rule.id] + drugs).joined(separator: "-")), system: topicSystem,
            display: PlainText.line(finding.rule.title.isEmpty ? finding.rule.id : finding.rule.title))
    }

    /// `text` of letters, digits and dashes; where it is too long, its end gives way to a digest of all of it.
    static func topicCode(_ text: String) -> String {
        // By bytes where each is a character of its own.
        let isBytewise = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D }
        let code = isBytewise
            ? String(decoding: text.utf8.map { $0.isASCIILetter || $0.isASCIIDigit ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
            : String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        return code.utf8.count <= 100 ? code : "\(code.prefix(87))-\(Digest(of: text).short)"
    }
}
