import CareGaps
import Clinical
import Documents

/// `summary.json`: the numbers, by rule and site.
struct SummaryJSON {
    let options: SweepOptions
    let edition: ReportEdition

    func bytes(of summary: SweepSummary) -> [UInt8] {
        var writer = JSONWriter(pretty: true)
        writer.object { root in
            root.member("asOf", string: options.asOf.description)
            root.member("period") {
                $0.object { period in
                    period.member("start", string: options.period.lowerBound.description)
                    period.member("end", string: options.period.upperBound.description)
                }
            }
            root.member("edition") {
                $0.object { object in
                    object.member("rules", string: edition.rules)
                    object.member("knowledge", string: edition.knowledge)
                    object.member("knowledgeVersion", string: edition.knowledgeVersion)
                    object.member("vigil", string: edition.vigil)
                }
            }
            root.member("patients", int: summary.patients)
            root.member("linesRead", int: summary.linesRead)
            root.member("linesOfKindsNotRead", int: summary.linesUnread)
            root.member("linesRejected", int: summary.rejects)
            root.member("bytes", int: summary.bytes)
            if !options.passedOver.isEmpty {
                root.member("passedOver") { $0.array { list in for name in options.passedOver { list.element(string: name) } } }
            }
            if !summary.losses.isEmpty {
                root.member("incomplete") { $0.array { list in for loss in summary.losses { list.element { write(loss, to: &$0) } } } }
            }
            root.member("rules") { $0.array { list in for rule in summary.rules { list.element { write(rule, to: &$0) } } } }
        }
        return writer.bytes + [0x0A]
    }

    private func write(_ loss: SweepSummary.LossCounts, to writer: inout JSONWriter) {
        writer.object { object in
            loss.loss.members(to: &object)
            object.member("linesOrFiles", int: loss.count)
            object.member("why", string: loss.why)
        }
    }

    private func write(_ rule: SweepSummary.RuleCounts, to writer: inout JSONWriter) {
        writer.object { object in
            object.member("rule", string: rule.rule)
            object.member("title", string: rule.title)
            object.member("version", int: rule.version)
            object.member("states") { write(rule.states, to: &$0) }
            if !rule.populations.isEmpty {
                object.member("populations") {
                    $0.object { list in for population in rule.populations { list.member(population.code, int: population.count) } }
                }
                if rule.uncertain > 0 { object.member("populationsNotChecked", int: rule.uncertain) }
                switch rule.group?.score {
                case .known(let score): object.member("score", decimalText: score)
                case .unknown: object.member("score") { $0.null() }
                default: break
                }
            }
            for (name, reasons) in [("notChecked", rule.reasons), ("mutes", rule.mutes)] where !reasons.isEmpty {
                object.member(name) {
                    $0.object { list in
                        for (reason, count) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(20) {
                            list.member(reason, int: count)
                        }
                    }
                }
            }
            object.member("sites") {
                $0.object { list in
                    for (site, states) in rule.sites.sorted(by: { $0.key < $1.key }) {
                        list.member(site.isEmpty ? "(none)" : site) { write(states, to: &$0) }
                    }
                }
            }
        }
    }

    private func write(_ states: [CareGapState: Int], to writer: inout JSONWriter) {
        writer.object { object in
            for state in CareGapState.allCases { if let count = states[state] { object.member(state.rawValue, int: count) } }
        }
    }
}
