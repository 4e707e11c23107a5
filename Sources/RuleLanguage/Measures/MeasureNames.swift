import Clinical
import Documents
import Engine

/// What the measures of a folder share: value sets, and facts that several of them read, such as hospice care.
///
/// ```yaml
/// value_sets:
///   office-visit:
///     title: Office Visit
///     url: http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113883.3.464.1003.101.12.1001
///     cpt: 99202 99203 99204
/// shared_facts:
///   hospice-visit: { encounter: hospice-encounter, overlaps: period }
/// ```
struct MeasureNames {
    /// A fact as it was written, to be read when it is first used.
    struct WrittenFact {
        let file: String
        let node: YAMLNode
        let keyRange: SourceRange
    }

    var sets: [String: ValueSet] = [:]
    var byURL: [String: ValueSet] = [:]
    var facts: [String: WrittenFact] = [:]

    private static let sections = ["value_sets", "shared_facts"]

    /// True for a file of value sets or shared facts.
    static func isNames(_ node: YAMLNode) -> Bool {
        node["rule"] == nil && node.entries.contains { $0.key.text.map(sections.contains) ?? false }
    }

    mutating func read(_ node: YAMLNode, file: String, _ session: CheckSession) {
        guard let map = MapReader(node, session, file: file, what: "a file of value sets and facts") else { return }
        if let list = map.take("value_sets"), let sets = MapReader(list, session, file: file, what: "`value_sets`") {
            for entry in sets.entries { add(valueSet: entry, file, session) }
        }
        if let list = map.take("shared_facts"), let written = MapReader(list, session, file: file, what: "`shared_facts`") {
            for entry in written.entries { add(fact: entry, file, session) }
        }
        map.finish()
    }

    private mutating func add(fact entry: MapReader.Entry, _ file: String, _ session: CheckSession) {
        if facts.updateValue(WrittenFact(file: file, node: entry.value, keyRange: entry.keyRange), forKey: entry.key) != nil {
            session.report("V115", "another shared fact is called `\(entry.key)`", file: file, at: entry.keyRange)
        }
    }

    private mutating func add(valueSet entry: MapReader.Entry, _ file: String, _ session: CheckSession) {
        guard let map = MapReader(entry.value, session, file: file, what: "value set `\(entry.key)`") else { return }
        for key in ["title", "version", "not_carried"] { _ = map.take(key) }
        let url = map.take("url")?.text
        var codes: [Coding] = []
        for (key, system) in Self.systems {
            guard let node = map.take(key) else { continue }
            let words = node.sequence?.compactMap(\.text) ?? node.text.map { $0.split(whereSeparator: \.isWhitespace).map(String.init) } ?? []
            codes += words.map { Coding(system: system, code: $0) }
        }
        map.finish()
        let set = ValueSet(name: entry.key, url: url, codes: codes)
        if sets.updateValue(set, forKey: entry.key) != nil {
            session.report("V115", "another value set is called `\(entry.key)`", file: file, at: entry.keyRange)
        }
        if let url { byURL[url] = set }
    }

    /// The word for each code system, as value sets and single codes are written.
    static let systems: [(key: String, system: CodeSystem)] = [
        ("snomed", .snomedCT), ("loinc", .loinc), ("icd10cm", .icd10CM), ("cpt", .cpt), ("hcpcs", .hcpcs), ("rxnorm", .rxNorm),
        ("cvx", .cvx), ("icd10pcs", CodeSystem("http://www.cms.gov/Medicare/Coding/ICD10")),
        ("cdt", CodeSystem("http://www.ada.org/cdt")),
    ]
}
