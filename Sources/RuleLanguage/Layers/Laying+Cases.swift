import Documents

/// The tests of a pack over a rule that was changed: they are run again, and what a change makes untrue is answered or named.
extension Laying {
    /// A site's case stands among the rule's own, in the place of one of the same name. Where an override of the rule has ended,
    /// the pack's cases count again, and the site's are not run.
    mutating func layCases(_ read: OverrideFile, lapsed: Set<String>) {
        for one in read.cases {
            guard let index = placeOfRule[one.rule] else {
                session.report("V602", "there is no rule `\(one.rule)` to test", file: read.file.source.name, at: one.ruleRange)
                continue
            }
            let number = overlay(read.file.source.name, on: index)
            let isLapsed = lapsed.contains(one.rule)
            var node = one.node.laid(over: number)
            if isLapsed { node = aside(node, "an override of the rule has ended") }
            change(index) { root in
                let cases = root["tests"]?.elements ?? []
                let known = cases.firstIndex { $0["case"]?.text == one.name }
                guard let tests = root["tests"] else { return root.adding(.scalar(text: "tests", style: .plain, range: node.range), .sequence([node], range: node.range, isFlow: false)) }
                var all = cases
                if let known, !isLapsed {
                    if node["given"] == nil, node["each"] == nil, let each = cases[known].entry("each") { node = node.adding(each.key, each.value) }
                    if node["given"] == nil, let given = cases[known].entry("given") { node = node.adding(given.key, given.value) }
                    if node["today"] == nil, let today = cases[known].entry("today") { node = node.adding(today.key, today.value) }
                    all[known] = node
                } else {
                    all.append(node)
                }
                return root.changing([.key("tests")]) { _ in .sequence(all, range: tests.range, isFlow: tests.isFlow) } ?? root
            }
        }
    }

    /// A case of the pack that an override makes untrue, by name: it is listed, and not run.
    mutating func setAside(_ name: YAMLNode, of override: OverrideChange, in index: Int, _ number: Int) {
        let cases = files[index].node?["tests"]?.elements ?? []
        guard let words = name.text, let place = cases.firstIndex(where: { $0["case"]?.text == words }) else {
            session.report(
                "V602", "`\(override.rule)` has no case `\(name.text ?? "")`", file: override.ground.file, at: name.range,
                label: NearestName.find(name.text ?? "", in: cases.compactMap { $0["case"]?.text }).map { "did you mean `\($0)`?" })
            return
        }
        let why = YAMLNode.scalar(text: "\(override.ground.name): \(override.ground.because)", style: .plain, range: name.range.laid(over: number))
        change(index) { root in
            root.changing([.key("tests"), .index(place)]) { $0.adding(.scalar(text: "set_aside", style: .plain, range: why.range), why) } ?? root
        }
    }

    private func aside(_ node: YAMLNode, _ why: String) -> YAMLNode {
        node.adding(.scalar(text: "set_aside", style: .plain, range: node.range), .scalar(text: why, style: .plain, range: node.range))
    }
}
