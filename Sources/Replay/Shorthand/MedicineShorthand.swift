import Clinical
import Documents
import Knowledge

/// Reads `DRUG [DOSE UNIT] [ROUTE] [FREQUENCY] [as needed] [since DATE] [stopped DATE]`.
///
/// The drug is an ingredient's name, several joined by `/`, a product as `rxcui:197361`, or `uncoded` and any words; what is being
/// ordered may be `vaccine NAME` too.
struct MedicineShorthand {
    let names: NameFinder
    /// True for what is being ordered, which cannot have been stopped.
    let isOrder: Bool

    func read(_ text: PlacedText) throws(ShorthandError) -> StatedMedicine {
        var reader = WordReader(text)
        var medicine = StatedMedicine(try substance(&reader))
        while !reader.isAtEnd { try readPart(&reader, into: &medicine) }
        return medicine
    }

    /// The drug: the longest run of words that the knowledge base knows.
    private func substance(_ reader: inout WordReader) throws(ShorthandError) -> StatedMedicine.Substance {
        guard let first = reader.next else { throw .notUnderstood("no drug is named here", at: nil) }
        if reader.take("uncoded") { return .uncoded(uncodedWords(&reader)) }
        if isOrder, reader.take("vaccine") {
            guard let name = reader.next else { throw .notUnderstood("`vaccine` needs a name after it", at: first.bytes) }
            reader.skip()
            return .vaccine(try names.codeSet(.vaccine, name.text, at: name.bytes))
        }
        if let digits = first.text.dropping(prefix: "rxcui:") {
            reader.skip()
            return try names.product(rxcui: digits, at: first.bytes)
        }
        for count in stride(from: min(8, reader.words.count), through: 1, by: -1) {
            guard let found = names.ingredients(WordReader.join(reader.words[..<count]).text) else { continue }
            reader.skip(count)
            return .ingredients(found)
        }
        if first.text.first?.isNumber == true, !first.text.contains("-") {
            let drug = reader.words.first { names.ingredients($0.text) != nil }?.text ?? "the drug"
            throw .notUnderstood(
                "a medicine begins with its drug, not with `\(first.text)`", at: first.bytes, help: ["write it as `\(drug) 5 mg 2x/day`: drug, dose, how often"])
        }
        let stated = reader.words.prefix { !Self.beginsPart($0.text) }
        let (name, bytes) = WordReader.join(stated.isEmpty ? reader.words[..<1] : stated)
        throw names.notKnown(name, as: "ingredient", at: bytes, among: .drug)
    }

    private func uncodedWords(_ reader: inout WordReader) -> String {
        let words = reader.rest.prefix { !Self.beginsPart($0.text) }
        reader.skip(words.count)
        return words.isEmpty ? "unspecified medicine" : WordReader.join(words).text
    }

    private static let partWords: Set<String> = [
        "stopped", "started", "since", "until", "for", "on", "as", "prn", "daily", "once", "twice", "every", "weekly", "monthly",
        "at", "in",
    ]

    private static func beginsPart(_ word: String) -> Bool {
        word.first?.isNumber == true || partWords.contains(word.lowercased()) || StatedRoute(word) != nil
    }

    /// Reads one thing that follows the drug.
    private func readPart(_ reader: inout WordReader, into medicine: inout StatedMedicine) throws(ShorthandError) {
        guard let word = reader.next else { return }
        if try readCourse(&reader, into: &medicine) { return }
        if reader.take("as", "needed") || reader.take("prn") {
            medicine.isAsNeeded = true
        } else if let schedule = try ScheduleShorthand.take(from: &reader) {
            try Self.add(schedule, to: &medicine, at: word)
        } else if let route = StatedRoute(word.text), medicine.route == nil {
            reader.skip()
            medicine.route = route
        } else if reader.take("by", "mouth"), medicine.route == nil {
            medicine.route = StatedRoute("oral")
        } else if medicine.dose == nil, let dose = try DoseShorthand.take(from: &reader) {
            medicine.dose = dose
        } else {
            throw Self.notUnderstood(word)
        }
    }

    /// `stopped DATE`, `since DATE`, `until DATE`, `for 7 days`, `on hold`.
    private func readCourse(
        _ reader: inout WordReader, into medicine: inout StatedMedicine
    ) throws(ShorthandError) -> Bool {
        guard let word = reader.next else { return false }
        if reader.take("on", "hold") {
            medicine.isOnHold = true
        } else if reader.take("stopped") {
            if isOrder {
                throw .notUnderstood(
                    "what is being ordered cannot have been stopped", at: word.bytes, help: ["put it under `taking:`"])
            }
            medicine.isStopped = true
            if !reader.isAtEnd { medicine.ended = try reader.requireDate(after: word) }
        } else if reader.take("since") || reader.take("started") {
            medicine.started = try reader.requireDate(after: word)
        } else if reader.take("until") {
            medicine.ended = try reader.requireDate(after: word)
        } else if reader.take("for") {
            medicine.days = try Self.days(&reader, after: word)
        } else {
            return false
        }
        return true
    }

    private static func days(_ reader: inout WordReader, after word: PlacedText.Word) throws(ShorthandError) -> Int {
        let words = reader.rest.prefix(2)
        guard let span = TimeSpan(WordReader.join(words).text), span.amount > 0, span.amount < 10_000 else {
            throw .notUnderstood(
                "`for` needs a number of days or weeks after it", at: WordReader.join(words).bytes ?? word.bytes,
                help: ["write `for 7 days`"])
        }
        let days: Int
        switch span.unit {
        case .days: days = span.amount
        case .weeks: days = span.amount * 7
        case .months: days = span.amount * 30
        default:
            throw .notUnderstood("a course is counted in days, weeks or months", at: WordReader.join(words).bytes)
        }
        reader.skip(2)
        return days
    }

    /// A second schedule may only add a time of day: `daily at night`.
    private static func add(
        _ schedule: StatedSchedule, to medicine: inout StatedMedicine, at word: PlacedText.Word
    ) throws(ShorthandError) {
        guard let first = medicine.schedule else {
            medicine.schedule = schedule
            return
        }
        guard !schedule.when.isEmpty, first.when.isEmpty else {
            throw .notUnderstood("this says a second time how often", at: word.bytes)
        }
        medicine.schedule?.when = schedule.when
    }

    private static func notUnderstood(_ word: PlacedText.Word) -> ShorthandError {
        let near = NearestName.find(word.text, in: StatedRoute.words + partWords.sorted() + ["needed", "hold", "night"])
        return .notUnderstood(
            "`\(word.text)` is not understood here", at: word.bytes,
            help: near.map { ["did you mean `\($0)`?"] }
                ?? ["after the drug come dose, route and frequency: `5 mg oral daily`, `1 g iv every 8 hours as needed`"])
    }
}

extension String {
    /// What follows a beginning; nothing where the text does not begin so.
    func dropping(prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
