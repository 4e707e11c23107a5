import Clinical
import Synchronization

/// The alerts shown by one process, shared by its calls and outliving its editions.
///
/// Each process remembers its own: behind a balancer, a call that reaches another one repeats the alert.
public final class AlertMemory: Sendable {
    private let shown: Mutex<ShownAlerts>

    public init(_ shown: ShownAlerts = ShownAlerts()) {
        self.shown = Mutex(shown)
    }

    /// How many alerts are remembered.
    public var count: Int { shown.withLock { $0.count } }

    /// Takes out the cards that were shown before where the call asks for that, and remembers the rest where it asks for that.
    func split(_ cards: [Card], by control: RepeatControl, at now: Instant) -> (new: [Card], repeated: [Card]) {
        shown.withLock { shown in
            var new: [Card] = [], repeated: [Card] = []
            for card in cards {
                if control.filters, let alert = card.alert, shown.hasShown(alert, at: now) {
                    repeated.append(card)
                } else {
                    new.append(card)
                }
            }
            if control.remembers { shown.remember(new.compactMap(\.alert), at: now) }
            return (new, repeated)
        }
    }
}
