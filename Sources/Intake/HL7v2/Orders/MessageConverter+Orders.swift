import Clinical
import Documents

extension MessageConverter {
    /// One order and what came of it.
    mutating func read(_ group: OrderGroup) {
        let standing = standing(of: group)
        for part in group.orders { readMedicine(part, as: .request(standing), in: group) }
        if let request = group.part("RXE"), let placed = group.part("RXO"), !group.orders.contains(where: { $0.segment.id == "RXO" }) {
            noteDifference(placed, request)
        }
        for part in group.parts("RXD") { readMedicine(part, as: .dispense(standing), in: group) }
        for part in group.parts("RXA") { readGiven(part, in: group) }
        let report = group.part("OBR")?.segment
        // What an order rests on was observed at another time than its specimen will be taken.
        let results = group.results.compactMap { readResult($0, of: hasResults ? report : nil) }
        if let report {
            if hasResults { readReport(report, results) } else { readService(report, standing, in: group) }
        } else if group.isEmpty, let control = group.control {
            note(control, nil, "an order without a segment that says what is ordered; left out")
        }
    }

    /// Messages in which an OBR heads results that are there.
    private var hasResults: Bool { ["ORU", "OUL", "ORF", "VXU", "MDM"].contains(message.code) }

    private mutating func standing(of group: OrderGroup) -> OrderStanding {
        let control = group.control
        let (standing, isStated) = OrderStanding.standing(
            control: control?.text(1), status: control?.text(5), isOrderMessage: OrderStanding.orderMessages.contains(message.code))
        let isOfOrder = !group.orders.isEmpty || (group.part("OBR") != nil && !hasResults)
        if isOfOrder, !isStated, let place = control ?? group.parts.first?.segment {
            let words = standing == .draft ? "a new order" : standing == .active ? "one on record" : "its status says"
            note(place, control == nil ? nil : 1, "how the order stands is not said by a code of table 0119; taken as \(words)")
        }
        return standing
    }

    /// A pharmacy may have encoded something else than was asked for, and both may be given.
    private mutating func noteDifference(_ placed: OrderGroup.Part, _ encoded: OrderGroup.Part) {
        guard placed.segment[1].saysSomething, encoded.segment.text(9).map({ !["N", "G"].contains($0.uppercased()) }) == true else { return }
        note(placed.segment, 1, "the pharmacy substituted what was ordered; what it encoded (RXE-2) is read")
    }

    // MARK: Services

    /// OBR of an order: a test, an image or a procedure that is asked for.
    ///
    /// - Source: maps of ORC and OBR to ServiceRequest.
    private mutating func readService(_ service: HL7Segment, _ standing: OrderStanding, in group: OrderGroup) {
        guard let code = concept(service, 4) else { return note(service, 4, "it does not say what is ordered; left out") }
        let isDraft = standing == .draft
        let times = timings(OrderGroup.Part(segment: service), in: group, quantityTiming: 27)
        add(
            "ServiceRequest", id: id("ServiceRequest", number(of: group, else: service)), isDraft ? nil : .serviceRequests,
            [
                ("status", .string(standing.serviceRequest)), ("intent", "order"), ("code", code), ("subject", subject),
                ("occurrenceDateTime", .text(times.first?.start) ?? date(service, 36)), ("authoredOn", group.control.flatMap { date($0, 9) }),
            ])
    }

    /// OBR of results.
    ///
    /// - Source: map of OBR to DiagnosticReport; table 0123 to diagnostic-report-status.
    private mutating func readReport(_ report: HL7Segment, _ results: [String]) {
        guard let code = concept(report, 4) else { return note(report, 4, "it does not say which report; its results are read") }
        let status: String = switch report.text(25)?.uppercased() {
        case "F": "final"
        case "C": "corrected"
        case "P": "preliminary"
        case "A", "R": "partial"
        case "O", "I", "S": "registered"
        case "X": "cancelled"
        default: "unknown"
        }
        add(
            "DiagnosticReport", id: id("DiagnosticReport", report[3].component(1).text), .diagnosticReports,
            [
                ("status", .string(status)), ("code", code), ("subject", subject), ("effectiveDateTime", date(report, 7)),
                ("result", .array(results.map { .object([("reference", .string("Observation/\($0)"))]) })),
            ])
    }

    /// What the order is called: by the one who placed it, else by the one who fills it.
    func number(of group: OrderGroup, else segment: HL7Segment) -> String? {
        group.control?.text(2) ?? group.control?.text(3) ?? (segment.id == "OBR" ? segment.text(2) ?? segment.text(3) : nil)
    }
}

extension OrderGroup {
    /// What is ordered: as the pharmacy encoded it, and as it was asked for where that is another drug.
    ///
    /// The same drug told twice is one order; after a substitution the encoded one alone is given.
    var orders: [Part] {
        guard let encoded = part("RXE") ?? part("RXG") else { return part("RXO").map { [$0] } ?? [] }
        guard let placed = part("RXO"), encoded.segment.id == "RXE", placed.segment[1].saysSomething else { return [encoded] }
        let isSubstituted = encoded.segment.text(9).map { !["N", "G"].contains($0.uppercased()) } ?? false
        let isSame = !Self.names(placed.segment[1]).isDisjoint(with: Self.names(encoded.segment[2]))
        return isSame || isSubstituted ? [encoded] : [encoded, placed]
    }

    /// True where nothing in it says anything of its own.
    var isEmpty: Bool { parts.isEmpty && results.isEmpty }

    /// What a drug is called: its codes with their systems, and its words.
    private static func names(_ drug: HL7Value) -> Set<String> {
        var names: Set<String> = []
        for (code, words, system) in [(1, 2, 3), (4, 5, 6), (10, 11, 12)] {
            if let code = drug.component(code).text { names.insert("\(drug.component(system).text ?? "")|\(code)") }
            if let words = drug.component(words).text { names.insert(words.lowercased()) }
        }
        return names
    }
}
