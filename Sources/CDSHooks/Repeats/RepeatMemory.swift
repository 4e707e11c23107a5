public import Clinical

/// How it is known which alerts of an answer were shown before.
public enum RepeatMemory: Sendable {
    /// Nobody remembers: every alert is new.
    case none
    /// By what this process has shown.
    case process(AlertMemory)
    /// By what stands in the journal: the UUIDs of the cards that were left out of an answer, which is worked out again.
    case replay(heldBack: Set<String>)

    /// Takes out the cards that were shown before.
    func split(_ cards: [Card], by control: RepeatControl, at now: Instant) -> (new: [Card], repeated: [Card]) {
        switch self {
        case .none: (cards, [])
        case .process(let memory): memory.split(cards, by: control, at: now)
        case .replay(let heldBack): (cards.filter { !heldBack.contains($0.uuid) }, cards.filter { heldBack.contains($0.uuid) })
        }
    }
}
