import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// `up_to_date: HPV`, or a list of groups, and from when on a dose counts as due.
    func readUpToDate(_ value: YAMLNode, _ reader: MapReader) -> FactDefinition? {
        let mark = reader.take("by").map { word($0, "day", among: DueMark.allCases.map { ($0.rawValue, $0) }) } ?? .recommended
        let groups = value.listOrSelf.map(vaccineGroup)
        let found = groups.compactMap(\.self)
        guard let mark, found.count == groups.count else { return nil }
        guard !found.isEmpty else {
            report("V206", "no group of vaccines is named", at: value.range)
            return nil
        }
        needs.sections.insert(.immunizations)
        return .upToDate(found, by: mark)
    }

    private func vaccineGroup(_ node: YAMLNode) -> VaccineGroup? {
        guard let name = text(node, "the name of a group of vaccines") else { return nil }
        guard let group = session.names.knowledge.immunizations.group(named: name) else {
            unknownName("group of vaccines", name, .vaccineGroup, at: node.range)
            return nil
        }
        return group
    }
}
