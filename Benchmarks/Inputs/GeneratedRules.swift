import Documents
import Knowledge

/// Rule files made for measuring: each an interaction of two ingredients of the real knowledge with a laboratory fact and two
/// rows.
struct GeneratedRules {
    let knowledge: KnowledgeBase
    /// Ingredients that no rule may name, such as the patient's.
    let excluding: Set<String>

    /// The first `count` rules; more rules are the same and others after them.
    func sources(_ count: Int) -> [Source] {
        let drugs = knowledge.names(of: .drug).filter { !excluding.contains($0) && isPlain($0) }
        guard drugs.count > 1 else { return [] }
        return (0..<count).map { index in
            // Neighbours at first, then pairs farther and farther apart: no pair comes twice.
            let first = index % drugs.count
            let second = (first + 1 + index / drugs.count) % drugs.count
            let text = rule(index, drugs[first], drugs[second])
            return Source(name: "\(id(index)).yaml", bytes: Array(text.utf8))
        }
    }

    private func id(_ index: Int) -> String {
        let digits = String(index)
        return "measure-\(String(repeating: "0", count: 5 - min(5, digits.count)))\(digits)"
    }

    private func rule(_ index: Int, _ first: String, _ second: String) -> String {
        """
        rule: \(id(index))
        kind: interaction
        title: Made for measuring
        version: 1
        status: active
        owner: Benchmarks
        review_by: 2099-12-31
        approved: { by: Benchmarks, date: 2025-11-04 }
        evidence:
          - cite: Made for measuring
        between:
          first: { drug: "\(first)" }
          second: { drug: "\(second)" }
        facts:
          potassium: { lab: serum-potassium, latest_within: 90 d }
        grades:
          - name: high
            when: { potassium: { above: 5.5 mmol/L } }
            severity: major
          - name: base
            otherwise: yes
            severity: moderate
            if_unknown: { potassium: ok }
        summary: $first with $second
        override_reasons: [benefit-outweighs-risk]
        tests:
          - case: high
            given: { taking: ["\(first) 5 mg daily"], ordering: ["\(second) 5 mg daily"], labs: [serum-potassium 5.7 mmol/L 2025-12-20] }
            expect: { grade: high }
          - case: base
            given: { taking: ["\(first) 5 mg daily"], ordering: ["\(second) 5 mg daily"] }
            expect: { grade: base }
          - case: silent
            given: { ordering: ["\(second) 5 mg daily"] }
            expect: no card

        """
    }

    /// A name that stands in a quoted scalar as it is.
    private func isPlain(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
