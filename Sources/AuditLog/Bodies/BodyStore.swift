import Digests
import GRDB

/// The bodies of requests and what was fetched for them, each under AES-256-GCM, known by the digest that their entry states.
///
/// They are written by `Journal.append` where `JournalOptions.keepsBodies` is on, once for equal requests, and go by
/// retention without any effect on the chain.
public struct BodyStore: Sendable {
    let database: JournalDatabase
    let keys: EncryptionKeys?

    /// The body of an entry's `request`, or what its `fetched` names; `nil` where it was not kept or has gone.
    ///
    /// - Throws: `.noEncryptionKey`, `.otherEncryptionKey` or `.sealBroken` where it is there and does not open.
    public func body(of request: String) async throws(JournalError) -> [UInt8]? {
        guard let sealed = try await sealed(request) else { return nil }
        guard let keys else { throw JournalError(database.path, .noEncryptionKey) }
        let body = try database.opened(keys, sealed, for: Self.place(request), called: "the body \(request.prefix(12))")
        guard Digest(of: body).description == request else {
            throw JournalError(database.path, .sealBroken("the body \(request.prefix(12))"))
        }
        return body
    }

    /// How many there are.
    public func count() async throws(JournalError) -> Int {
        try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM body") ?? 0 }
    }

    /// Where a body is bound to.
    static func place(_ request: String) -> [String] { ["body", request] }

    private func sealed(_ request: String) async throws(JournalError) -> SealedBytes? {
        let path = database.path
        return try await database.read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT fingerprint, sealed FROM body WHERE request = ?", arguments: [request])
            else { return nil }
            guard let sealed = row.sealedBytes(fingerprint: 0, bytes: 1) else {
                throw JournalError(path, .sealBroken("the body \(request.prefix(12))"))
            }
            return sealed
        }
    }
}
