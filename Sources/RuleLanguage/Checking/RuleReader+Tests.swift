import Clinical
import Documents

extension RuleReader {
    /// The cases under `tests`; a case with `each` counts once for each of its items.
    func readTests(rule: String) -> [RuleTest] {
        guard let node = map.take("tests") else { return [] }
        guard let list = node.sequence else {
            report("V112", "`tests` must be a list of cases", at: node.range, label: "this is \(node.shapeWords)")
            return []
        }
        return list.flatMap { item -> [RuleTest] in
            guard let entry = MapReader(item, session, file: file, what: "a case") else { return [] }
            guard let name = text(entry.need("case", why: "what the case shows"), "`case`") else { return [] }
            let given = entry.take("given")
            let each = entry.take("each")
            let expect = entry.need("expect", why: "what the rule must say, or `no card`")
            let today = entry.take("today").flatMap(readToday)
            let aside = entry.taken("set_aside")
            entry.finish()
            guard let expect else { return [] }
            let place = session.place(file, item.range)
            let test = RuleTest(
                rule: rule, name: name, file: place.file, range: place.range, today: today, given: given?.inItsText,
                expect: expect.inItsText, setAside: aside?.text, overriddenBy: place.file == file ? overriddenBy : [])
            return each.map { readEach($0, of: test) } ?? [test]
        }
    }

    private func readToday(_ node: YAMLNode) -> CivilDate? {
        guard let words = text(node, "`today`") else { return nil }
        let today = CivilDate(words)
        if today == nil { report("V113", "`\(words)` is not a date", at: node.range, help: ["write it as `2026-01-15`"]) }
        return today
    }

    private func readEach(_ node: YAMLNode, of test: RuleTest) -> [RuleTest] {
        guard let items = node.sequence, !items.isEmpty else {
            report("V112", "`each` must be a list of items", at: node.range, label: "this is \(node.shapeWords)")
            return []
        }
        guard items.count <= 100 else {
            report("V112", "`each` has \(items.count) items, and a case may have 100", at: node.range, help: ["make two cases of it"])
            return []
        }
        return items.compactMap { item in
            if item.sequence != nil {
                report("V112", "an item of `each` is a text for `$each`, or a map of what else is given", at: item.range)
                return nil
            }
            if item.text != nil, !test.saysEach {
                report(
                    "V111", "nothing under `given` or `expect` says `$each`", at: item.range,
                    help: ["write `$each` where the item belongs: `ordering: [$each 5 mg daily]`"])
                return nil
            }
            return test.about(item)
        }
    }
}
