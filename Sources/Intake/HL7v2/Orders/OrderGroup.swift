/// What belongs to one order: its control segment, its request, what was given of it, and what was found.
///
/// - Source: HL7 v2.9, chapters 4 and 4A: routes, components and times follow the segment that they are of.
struct OrderGroup {
    /// A segment that says what is ordered, dispensed or given, with what stands below it.
    struct Part {
        let segment: HL7Segment
        var routes: [HL7Segment] = []
        var components: [HL7Segment] = []
        var times: [HL7Segment] = []
    }

    private(set) var control: HL7Segment?
    /// Times stated before any part.
    private(set) var times: [HL7Segment] = []
    private(set) var parts: [Part] = []
    private(set) var results: [HL7Segment] = []

    /// The first part of a kind.
    func part(_ id: String) -> Part? { parts.first { $0.segment.id == id } }

    func parts(_ id: String) -> [Part] { parts.filter { $0.segment.id == id } }

    /// The groups of a message. A request without a control segment before it begins a group of its own.
    static func groups(of segments: [HL7Segment]) -> [OrderGroup] {
        var groups: [OrderGroup] = []
        var group: OrderGroup?
        for segment in segments {
            switch segment.id {
            case "ORC":
                if let group { groups.append(group) }
                group = OrderGroup()
                group?.control = segment
            case "OBR", "RXO", "RXE", "RXG", "RXD", "RXA":
                if let open = group, open.isClosed(to: segment.id) {
                    groups.append(open)
                    group = nil
                }
                if group == nil { group = OrderGroup() }
                group?.parts.append(Part(segment: segment))
            case "OBX", "TQ1", "RXR", "RXC":
                if group == nil { group = OrderGroup() }
                group?.take(segment)
            default: break
            }
        }
        if let group { groups.append(group) }
        return groups
    }

    /// True where another request of a kind is another order; several doses of one order are not.
    private func isClosed(to id: String) -> Bool {
        // Observations of the patient, before any order.
        if control == nil, parts.isEmpty, !results.isEmpty { return true }
        if id == "RXD" || id == "RXA" { return false }
        return parts.contains { part in
            let other = part.segment.id
            return other == id || (id == "RXO" && other != "OBR") || (id == "OBR") != (other == "OBR")
        }
    }

    private mutating func take(_ segment: HL7Segment) {
        switch (segment.id, parts.indices.last) {
        case ("OBX", _): results.append(segment)
        case ("TQ1", nil): times.append(segment)
        case ("TQ1", let last?): parts[last].times.append(segment)
        case ("RXR", let last?): parts[last].routes.append(segment)
        case ("RXC", let last?): parts[last].components.append(segment)
        default: break
        }
    }
}
