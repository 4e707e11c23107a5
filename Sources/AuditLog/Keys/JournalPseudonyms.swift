/// A keyed digest that stands for a patient, a user or a finding: equal for equal ones of the same journal, and no name.
public struct Pseudonym: Sendable, Hashable, CustomStringConvertible {
    /// 32 hexadecimal digits.
    let text: String

    init(text: String) {
        self.text = text
    }

    public var description: String { text }
}

/// Makes the pseudonyms of one journal; two journals give the same patient different ones.
public struct JournalPseudonyms: Sendable {
    private let key: JournalKey

    init(_ key: JournalKey) {
        self.key = key
    }

    /// The patient with this id in the system of this client.
    public func patient(_ id: String, client: String?) -> Pseudonym { make(["patient", client ?? "", id]) }

    /// The user with this id in the system of this client.
    public func user(_ id: String, client: String?) -> Pseudonym { make(["user", client ?? "", id]) }

    /// The finding with this key.
    public func finding(_ key: String) -> Pseudonym { make(["finding", key]) }

    /// The invocation as the EHR calls it where that is a UUID, as CDS Hooks demands; else a digest of whatever it sent.
    public func instance(_ text: String) -> String {
        isUUID(text) ? text : "digest:\(make(["instance", text]).text)"
    }

    private func make(_ parts: [String]) -> Pseudonym {
        Pseudonym(text: Hexadecimal.text(key.code(parts).prefix(16)))
    }

    private func isUUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { Hexadecimal.bytes($0) != nil }
    }
}
