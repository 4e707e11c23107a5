import Clinical
import Documents
import Engine
import Knowledge

/// Turns the changes that a rule suggests into actions that an EHR can make.
///
/// A change of something that the EHR did not send, or that cannot be edited without guessing, is not offered as a
/// click: half of a replacement would be worse than none. Its label is then said in the detail.
///
/// - Source: CDS Hooks 2.0.1, "Suggestion", "Action".
struct SuggestionWriter {
    private let context: CardContext
    private let drafts: DraftResource
    private let edits: ResourceEdit

    init(_ context: CardContext) {
        self.context = context
        drafts = DraftResource(context)
        edits = ResourceEdit(context)
    }

    /// The changes as suggestions, and the labels of those that a person must make.
    func suggestions(
        _ changes: [SuggestedChange], uuid: (String) -> String
    ) -> (suggestions: [Suggestion], toConsider: [String]) {
        var suggestions: [Suggestion] = [], toConsider: [String] = []
        for (number, change) in changes.enumerated() {
            let actions = change.actions.map(action)
            let made = actions.compactMap { $0 }
            let label = PlainText.withoutTags(PlainText.line(change.label.isEmpty ? made.first?.description ?? "" : change.label))
            if label.isEmpty { continue }
            let parts = made.count == actions.count ? self.parts(label, made) : []
            if parts.isEmpty { toConsider.append(label) }
            for (part, (label, actions)) in parts.enumerated() {
                let name = parts.count > 1 ? "\(number).\(part)" : String(number)
                suggestions.append(Suggestion(uuid: uuid(name), label: label, actions: actions))
            }
        }
        return (suggestions, toConsider)
    }

    /// What belongs together as one suggestion, or as several where the client takes one action at a time; none where it
    /// cannot take it at all.
    private func parts(_ label: String, _ actions: [Suggestion.Action]) -> [(label: String, actions: [Suggestion.Action])] {
        let dialect = context.dialect
        if !dialect.hasUpdates && actions.contains(where: \.isUpdate) { return [] }
        guard dialect.hasOneActionPerSuggestion, actions.count > 1 else { return actions.isEmpty ? [] : [(label, actions)] }
        guard dialect.selectionBehavior == .any else { return [] }
        return actions.map { ($0.description, [$0]) }
    }

    /// The change as an action; `nil` where it cannot be made.
    private func action(_ change: SuggestedChange.Action) -> Suggestion.Action? {
        switch change {
        case .removeDraft(let reference, let name):
            guard context.orderNames[reference] != nil, edits.wasSent(reference) else { return nil }
            return described(.delete(resourceID: reference.description), "Remove the draft order of \(name)")
        case .stopCurrent(let reference, let name):
            return edits.stopped(reference).flatMap { described(.update($0), "Stop \(name)") }
        case .change(let reference, let name, let dose, let instructions):
            let words = [dose?.description, instructions].compactMap { $0 }.joined(separator: " ")
            return edits.redosed(reference, dose: dose, instructions: instructions)
                .flatMap { described(.update($0), "Change \(name) to \(words)") }
        case .prescribe(let prescription):
            let words = [prescription.name, prescription.dose?.description, prescription.instructions].compactMap { $0 }
            return described(.create(drafts.prescription(prescription)), "Prescribe \(words.joined(separator: " "))")
        case .order(let orderable, let dueIn):
            let name = orderable.concept.label ?? orderable.name
            return described(.create(drafts.service(orderable, dueIn: dueIn)), "Order \(name)")
        case .immunize(let name, let coding):
            return described(.create(drafts.vaccine(name: name, coding: coding)), "Order the vaccine \(name)")
        }
    }

    private func described(_ change: Suggestion.Action.Change, _ description: String) -> Suggestion.Action {
        Suggestion.Action(change, description: PlainText.withoutTags(PlainText.line(description)))
    }
}

extension Suggestion.Action {
    fileprivate var isUpdate: Bool {
        if case .update = change { true } else { false }
    }
}
