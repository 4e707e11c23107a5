import Digests

/// How entries hang together: each link is the SHA-256 of the link before it and the entry's own bytes.
///
/// So no entry can be changed, taken out, put in or moved without every later link being wrong. The first link is made
/// of the journal's own name, so that entries of one journal fit into no other.
enum LogChain {
    /// What stands before the first entry.
    static func origin(journal: String) -> String {
        Digest(of: "vigil journal \(journal)").description
    }

    /// The link of an entry: SHA-256 of the 32 bytes of the link before and the UTF-8 of the entry.
    static func link(after previous: String, entry: some Sequence<UInt8>) -> String {
        Digest(of: (Hexadecimal.bytes(previous.utf8) ?? []) + entry).description
    }
}
