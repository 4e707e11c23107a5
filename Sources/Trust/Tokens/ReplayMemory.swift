public import Clinical
import Digests
import Synchronization

/// The tokens that were used, each until it could not be used any more.
///
/// Bounded: where `capacity` tokens are still alive, another is not taken, rather than one forgotten. It lives in one process;
/// several processes behind one address each accept a token once.
///
/// - Complexity: O(1) for each token; 16 bytes of key and 8 of time, in a table and a list.
public final class ReplayMemory: Sendable {
    /// What became of a token.
    public enum Admission: Sendable, Hashable { case first, replayed, full }

    public let capacity: Int
    private let state: Mutex<State>

    /// - Parameter capacity: how many live tokens are remembered; a million take about 100 MB.
    public init(capacity: Int = 1_000_000) {
        self.capacity = max(capacity, 1)
        state = Mutex(State())
    }

    /// How many tokens are remembered.
    public var count: Int { state.withLock { $0.expiries.count } }

    /// Takes note that a token is used, unless it was before.
    ///
    /// - Parameter expiry: the instant from which the token would be refused anyway.
    public func admit(issuer: String, tokenID: String, until expiry: Instant, now: Instant) -> Admission {
        let token = TokenKey(issuer: issuer, tokenID: tokenID)
        return state.withLock { $0.admit(token, until: expiry, now: now, capacity: capacity) }
    }

    /// The first half of a digest: tokens of any length take the same room.
    private struct TokenKey: Hashable {
        let high: UInt64
        let low: UInt64

        init(issuer: String, tokenID: String) {
            let digest = Digest(ofParts: [Array(issuer.utf8), Array(tokenID.utf8)]).bytes
            high = digest[..<8].reduce(0) { $0 << 8 | UInt64($1) }
            low = digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private struct State {
        var expiries: [TokenKey: Instant] = [:]
        /// The tokens by the minute in which they expire.
        var byMinute: [Int64: [TokenKey]] = [:]
        /// What expires in this minute or before is forgotten.
        var forgotten: Int64 = .min

        mutating func admit(_ token: TokenKey, until expiry: Instant, now: Instant, capacity: Int) -> Admission {
            forget(before: now)
            let minute = ReplayMemory.minute(of: expiry)
            // After the clock was set back, a token may come whose use was forgotten already.
            guard expiries[token] == nil, minute > forgotten else { return .replayed }
            guard expiries.count < capacity else { return .full }
            expiries[token] = expiry
            byMinute[minute, default: []].append(token)
            return .first
        }

        /// Forgets the minutes that are wholly past; there are at most as many as a token may live.
        private mutating func forget(before now: Instant) {
            let past = ReplayMemory.minute(of: now) - 1
            guard past > forgotten else { return }
            forgotten = past
            for minute in byMinute.keys where minute <= past {
                for token in byMinute.removeValue(forKey: minute) ?? [] { expiries.removeValue(forKey: token) }
            }
        }
    }

    private static func minute(of instant: Instant) -> Int64 {
        let minute = instant.milliseconds / 60_000
        return instant.milliseconds < minute * 60_000 ? minute - 1 : minute
    }
}
