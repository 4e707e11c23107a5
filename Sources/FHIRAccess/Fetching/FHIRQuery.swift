import Documents

/// A query relative to a FHIR base, whose tokens are filled in: a read, or a search of one type.
struct FHIRQuery: Sendable, Hashable {
    let type: String
    /// The id of a read; `nil` for a search.
    let id: String?
    /// What follows the base and a slash, encoded for a URL.
    let target: String

    /// Reads `Type/id` or `Type?parameters`; `nil` for all else, so that a value filled in cannot lead elsewhere.
    init?(_ text: String) {
        let path = text.prefix { $0 != "?" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isSearch = path.count < text.count
        guard parts.count == (isSearch ? 1 : 2), let type = parts.first, Self.isType(type), !text.contains("#") else {
            return nil
        }
        if isSearch {
            guard !text.contains("{{") else { return nil }
            id = nil
        } else {
            guard let id = parts.last, Self.isID(id) else { return nil }
            self.id = String(id)
        }
        self.type = String(type)
        target = percentEncoded(text)
    }

    func address(below base: FHIRBase) -> WebAddress? { WebAddress("\(base)/\(target)") }

    private static func isType(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) }
    }

    /// Wider than FHIR's own rule of 64 characters: ids of some EHRs are longer, and some have an underscore.
    private static func isID(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.count <= 512 && text != "." && text != ".."
            && text.utf8.allSatisfy {
                isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "_")
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF)
    }
}
