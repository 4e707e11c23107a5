import Digests
import Knowledge

/// An alert as it is known when it comes again; digests only, so that nothing of a patient is kept.
struct ShownAlert: Sendable, Hashable {
    /// User, patient, encounter, orders and what it is about.
    let key: Digest
    /// What it says.
    let content: Digest
    let severity: Severity
}
