import Clinical
import Engine
import Knowledge

/// What a card says beneath its first line: the author's paragraphs, then the elements of an alert, then what is not known.
///
/// Everything that comes from rule, knowledge or record is escaped. What the summary or a paragraph already says is not
/// said again.
///
/// - Source: PDDI-CDS minimum information model, seven elements of an interaction alert.
struct CardDetail {
    private let finding: Finding
    private let summary: Summary
    private let paragraphs: [String]
    private let context: CardContext
    /// What summary and paragraphs say, in small letters.
    private let said: [[UInt8]]

    init(of finding: Finding, summary: Summary, in context: CardContext) {
        self.finding = finding
        self.summary = summary
        self.context = context
        paragraphs = PlainText.paragraphs(finding.detail)
        said = ([finding.summary] + paragraphs).map(PlainText.folded)
    }

    /// The detail; `toConsider` are changes that a person must make, because no click can.
    func markdown(toConsider: [String] = []) -> String {
        var blocks = summary.rest.map { [Markdown.escaped($0)] } ?? []
        blocks += paragraphs.map(Markdown.escaped)
        let entries = elements + toConsider.map { Markdown.entry("To consider", line($0)) }
        if !entries.isEmpty { blocks.append(PlainText.joined(entries, by: "\n")) }
        let unchecked = unknown
        if !unchecked.isEmpty { blocks.append(PlainText.joined(unchecked, by: "\n")) }
        if let renewal { blocks.append(renewal) }
        if let order { blocks.append(order) }
        // A printed or copied card still says by which knowledge it was made.
        let foot = ["Knowledge \(context.edition.knowledgeVersion).", context.edition.review].compactMap(\.self)
        blocks.append("_\(line(foot.joined(separator: " ")))_")
        return PlainText.joined(blocks, by: "\n\n")
    }

    // MARK: - Elements

    private var elements: [String] {
        [
            ("Drugs", drugs), ("Seriousness", seriousness), ("Consequence", new(finding.elements.consequence)),
            ("Mechanism", new(finding.elements.mechanism)), ("Modifying factors", factors),
            ("Action", new(finding.elements.management)), ("Status", status), ("Evidence", evidence),
        ].compactMap { label, text in text.map { Markdown.entry(label, $0) } }
    }

    /// Who takes part, and whether ordered now or on record; each once.
    private var drugs: String? {
        var seen: Set<String> = []
        let parts = finding.participants.compactMap { participant -> String? in
            guard !participant.name.isEmpty else { return nil }
            let written = participant.writtenAs.map { " as \(line($0))" } ?? ""
            let part = "\(line(participant.name)) (\(standing(of: participant))\(written))"
            return seen.insert(part).inserted ? part : nil
        }
        return parts.isEmpty ? nil : PlainText.joined(parts, by: ", ")
    }

    private func standing(of participant: Participant) -> String {
        if participant.isOrdered { return context.service.hook.wordForOrdered }
        guard participant.reference?.type == "AllergyIntolerance" else { return onRecord(participant) }
        return participant.reference.map(context.recorded.contains) == true ? "allergy being recorded" : "allergy on record"
    }

    /// Who says that it is taken, and when: each prescriber, pharmacy and report that is named, and each entry of more than a year ago.
    private func onRecord(_ participant: Participant) -> String {
        let origins = participant.origins.filter { $0.author != nil || $0.isReported || isOld($0) }.map { origin in
            let date = origin.date.map { " \($0)" } ?? ""
            let verb = switch origin.source {
            case _ where origin.isReported: "reported"
            case .request: "prescribed"
            case .dispense: "dispensed"
            case .administration: "given"
            case .statement: "stated"
            }
            return line(verb + (origin.author.map { " by \($0)" } ?? "") + date)
        }
        return PlainText.joined(["on record"] + origins, by: ", ")
    }

    /// So old that nobody may have looked at it lately: who reads the card should know.
    private func isOld(_ origin: MedicationOrigin) -> Bool {
        let year = TimeSpan(amount: 12, unit: .months)
        return origin.date.map { $0.days(in: context.asOf.zone).upperBound.adding(year) < context.asOf.today } ?? false
    }

    private var seriousness: String? {
        finding.participants.isEmpty ? nil : finding.severity.rawValue
    }

    /// The facts that were read, with values and dates.
    private var factors: String? {
        let parts = finding.facts.map { factor($0) }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : PlainText.joined(parts, by: "; ")
    }

    private func factor(_ fact: FactValue) -> String {
        let name = words(fact.name), text = PlainText.line(fact.text)
        if text.isEmpty || text.lowercased().hasPrefix(name.lowercased()) { return Markdown.escaped(text) }
        return line("\(name): \(text)")
    }

    /// Due date and last evidence of something done at intervals.
    private var status: String? {
        guard let gap = finding.gap else { return nil }
        let state = switch gap.kind {
        case .never: gap.last == nil ? "no record that it was ever done" : "due"
        case .overdue: gap.due.map { "overdue since \($0)" } ?? "overdue"
        case .dueSoon: gap.due.map { "due on \($0)" } ?? "due soon"
        }
        return gap.last.map { "\(state); last done \($0)" } ?? state
    }

    private var evidence: String? {
        let parts = finding.rule.evidence.filter { !$0.cite.isEmpty }.map { evidence in
            let parts = [evidence.cite, evidence.grade.map { " (grade: \($0))" }, evidence.note.map { ", \($0)" }].compactMap(\.self)
            return line(PlainText.joined(parts, by: ""))
        }
        return parts.isEmpty ? nil : PlainText.joined(parts, by: "; ")
    }

    // MARK: - What is not known, and what it is about

    private var unknown: [String] {
        var seen: Set<String> = []
        return finding.unknown
            .map { PlainText.joined(["- Not checked: ", line(words($0.name)), " - ", line($0.why)], by: "") }
            .filter { seen.insert($0).inserted }
    }

    /// Why it does not interrupt, though it is serious.
    private var renewal: String? {
        guard let day = finding.standsSince else { return nil }
        var seen: Set<String> = []
        let names = finding.participants.filter(\.isOrdered).map(\.name).filter { seen.insert($0).inserted }
        let drugs = names.joined(separator: " and ")
        return line("Shown without interrupting: it stood already when \(drugs) was last ordered on \(day), and nothing of it has changed.")
    }

    /// Which orders it is about, where the call held more than one.
    private var order: String? {
        guard context.orderNames.count > 1 else { return nil }
        let names = finding.orders.compactMap { context.orderNames[$0] }.map { line($0) }
        return names.isEmpty ? nil : "About the order of \(names.joined(separator: ", and of "))."
    }

    // MARK: - Smaller steps

    private func line(_ text: String) -> String {
        Markdown.escaped(PlainText.line(text))
    }

    /// A name from a rule as words: `serum-potassium` or `qt_drugs`.
    private func words(_ name: String) -> String {
        let bytes = name.utf8.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") ? UInt8(ascii: " ") : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `text`, unless it has been said.
    private func new(_ text: String?) -> String? {
        guard let text, case let plain = PlainText.line(text, limit: 1200), !plain.isEmpty else { return nil }
        var words = PlainText.folded(plain)
        if words.last == UInt8(ascii: ".") { words.removeLast() }
        return said.contains { PlainText.bytes($0, contain: words) } ? nil : Markdown.escaped(plain)
    }
}
