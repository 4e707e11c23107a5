import Clinical
import Documents
import Engine
import Knowledge

extension RuleReader {
    /// `up_to_date: HPV`, and from when on a dose counts as due.
    func readUpToDate(_ value: YAMLNode, _ reader: MapReader) -> FactDefinition? {
        let mark = reader.take("by").map { word($0, "day", among: DueMark.allCases.map { ($0.rawValue, $0) }) } ?? .recommended
        guard let name = text(value, "the name of a group of vaccines"), let mark else { return nil }
        guard let group = session.names.knowledge.immunizations.group(named: name) else {
            unknownName("group of vaccines", name, .vaccineGroup, at: value.range)
            return nil
        }
        needs.sections.insert(.immunizations)
        return .upToDate(group, by: mark)
    }
}
