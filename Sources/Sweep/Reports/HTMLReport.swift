import CareGaps
import Clinical
import Engine

/// `report.html`: a page that a quality team can print; one file, without scripts, fonts or images from elsewhere.
final class HTMLReport: SweepReportWriter {
    private let folder: WorkFolder
    private let context: ReportContext

    init(_ folder: WorkFolder, context: ReportContext) {
        self.folder = folder
        self.context = context
    }

    func add(_ patient: PatientResults) {}

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try folder.write(Array(HTMLPage(context: context, summary: summary).text.utf8), to: "report.html")
    }
}

/// The page as text.
struct HTMLPage {
    let context: ReportContext
    let summary: SweepSummary

    /// Rules that concern anybody, first those with most open gaps.
    private var rules: [SweepSummary.RuleCounts] {
        summary.rules.filter { rule in CareGapState.allCases.contains { $0 != .notInPopulation && rule.count($0) > 0 } }
            .sorted { ($1.count(.open), $0.rule) < ($0.count(.open), $1.rule) }
    }

    private var silent: [SweepSummary.RuleCounts] {
        summary.rules.filter { rule in !rules.contains { $0.rule == rule.rule } }
    }

    var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Care gaps as of \(context.asOf.today)</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <header>
        <h1>Care gaps</h1>
        <p>As of <b>\(context.asOf.today)</b>, measurement period \(context.period.start) to \(context.period.end)</p>
        </header>
        \(figures)
        \(incomplete)
        <h2>By rule</h2>
        \(legend)
        <table class="rules">
        <thead><tr><th>Rule</th><th class="plot">Patients concerned</th><th class="n">Open</th><th class="n">Due soon</th><th class="n">Closed</th><th class="n">Not checked</th><th class="n">Excluded</th><th class="n">Done or<br>not due</th></tr></thead>
        <tbody>
        \(rules.map(row).joined(separator: "\n"))
        </tbody>
        </table>
        \(silent.isEmpty ? "" : "<p class=\"note\">Nobody is concerned by: \(silent.map { escaped($0.title) }.joined(separator: "; ")).</p>")
        \(measures)
        \(sites)
        \(notChecked)
        \(muted)
        <footer>
        <p>Drug knowledge and rules have not been clinically reviewed. Rules \(context.edition.rules.prefix(12)), knowledge \(escaped(context.edition.knowledgeVersion)) \(context.edition.knowledge.prefix(12)), Vigil \(escaped(context.edition.vigil)).
        The same data, rules, knowledge and day give this page again, byte for byte.</p>
        </footer>
        </body>
        </html>

        """
    }

    // MARK: Figures

    private var figures: String {
        let open = summary.rules.reduce(0) { $0 + $1.count(.open) }
        let unchecked = summary.rules.reduce(0) { $0 + $1.count(.notChecked) }
        let items: [(String, String)] = [
            (number(summary.patients), "patients"), (number(open), "open gaps"), (number(unchecked), "states not checked"),
            (number(summary.rejects), "lines set aside"),
        ]
        return "<div class=\"figures\">"
            + items.map { "<div><span class=\"number\">\($0.0)</span><span class=\"label\">\($0.1)</span></div>" }.joined() + "</div>"
    }

    /// What was lost with damaged lines and files: it stands before all numbers that it makes uncertain.
    private var incomplete: String {
        guard !summary.losses.isEmpty else { return "" }
        let rows = summary.losses.map { loss in
            "<tr><td>\(escaped(loss.loss.words))</td><td>\(loss.loss.isAnyones ? "everyone" : "single patients")</td><td>\(escaped(loss.why))</td></tr>"
        }
        return """
            <h2>Incomplete data</h2>
            <p class="note">The input is damaged. Rules that need what was lost answer <i>not checked</i> for those whom it may concern.</p>
            <table><thead><tr><th>Kind</th><th>Of whom</th><th>Why</th></tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table>
            """
    }

    private static let plotted: [CareGapState] = [.open, .dueSoon, .closed, .notChecked]

    private var legend: String {
        "<p class=\"legend\">"
            + Self.plotted.map { "<span><i class=\"\($0.rawValue)\"></i>\($0.words)</span>" }.joined() + "</p>"
    }

    private func row(_ rule: SweepSummary.RuleCounts) -> String {
        let rate = rule.rate.map { "\(Int(($0 * 100).rounded())) %" } ?? "–"
        return """
            <tr><td><b>\(escaped(rule.title))</b><br><small>\(escaped(rule.rule)), version \(rule.version)</small></td>\
            <td class="plot">\(bar(rule.states, width: 260))</td>\
            <td class="n strong">\(number(rule.count(.open)))</td><td class="n">\(number(rule.count(.dueSoon)))</td>\
            <td class="n">\(number(rule.count(.closed)))</td><td class="n">\(number(rule.count(.notChecked)))</td>\
            <td class="n">\(number(rule.count(.excluded) + rule.count(.exception)))</td><td class="n strong">\(rate)</td></tr>
            """
    }

    /// Patients concerned as one bar, the widest rule full.
    private func bar(_ states: [CareGapState: Int], width: Int) -> String {
        let widest = rules.map { rule in Self.plotted.reduce(0) { $0 + rule.count($1) } }.max() ?? 0
        guard widest > 0 else { return "" }
        var place = 0.0
        var shapes = ""
        for state in Self.plotted {
            let length = Double(states[state] ?? 0) * Double(width) / Double(widest)
            guard length > 0 else { continue }
            shapes += "<rect class=\"\(state.rawValue)\" x=\"\(tenth(place))\" y=\"0\" width=\"\(tenth(length))\" height=\"16\"><title>\(state.words): \(states[state] ?? 0)</title></rect>"
            place += length
        }
        return "<svg viewBox=\"0 0 \(width) 16\" width=\"\(width)\" height=\"16\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"\(Self.plotted.map { "\($0.words) \(states[$0] ?? 0)" }.joined(separator: ", "))\">\(shapes)</svg>"
    }

    // MARK: Tables

    private var measures: String {
        let measures = rules.filter { !$0.populations.isEmpty }
        guard !measures.isEmpty else { return "" }
        let rows = measures.sorted { $0.rule < $1.rule }.map { rule -> String in
            func count(_ code: String) -> String { rule.populations.first { $0.code == code }.map { number($0.count) } ?? "–" }
            return """
                <tr><td>\(escaped(rule.title))</td><td class="n">\(count("initial-population"))</td><td class="n">\(count("denominator"))</td>\
                <td class="n">\(count("denominator-exclusion"))</td><td class="n">\(count("denominator-exception"))</td>\
                <td class="n">\(count("numerator"))</td><td class="n">\(number(rule.uncertain))</td><td class="n strong">\(rate(rule))</td></tr>
                """
        }
        let isUncertain = measures.contains { $0.uncertain > 0 }
        return """
            <h2>Measures</h2>\(isUncertain ? "\n" + Self.uncertainNote : "")
            <table><thead><tr><th>Measure</th><th class="n">Initial population</th><th class="n">Denominator</th><th class="n">Exclusions</th><th class="n">Exceptions</th><th class="n">Numerator</th><th class="n">Not checked</th><th class="n">Rate</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table>
            """
    }

    private static let uncertainNote = """
        <p class="note">No rate is given where the populations of some patients could not be told: they are counted under \
        <i>Not checked</i>, and stand in the other columns only as far as they are known.</p>
        """

    private func rate(_ rule: SweepSummary.RuleCounts) -> String {
        if case .known(let score) = rule.group?.score { percent(score) } else { "–" }
    }

    private var sites: String {
        var open: [String: [CareGapState: Int]] = [:]
        for rule in summary.rules {
            for (site, states) in rule.sites { open[site, default: [:]].merge(states) { $0 + $1 } }
        }
        guard open.count > 1 else { return "" }
        let rows = open.sorted { ($1.value[.open] ?? 0, $0.key) < ($0.value[.open] ?? 0, $1.key) }.map { site, states in
            """
            <tr><td>\(site.isEmpty ? "(none named)" : escaped(site))</td><td class="n strong">\(number(states[.open] ?? 0))</td>\
            <td class="n">\(number(states[.dueSoon] ?? 0))</td><td class="n">\(number(states[.closed] ?? 0))</td><td class="n">\(number(states[.notChecked] ?? 0))</td></tr>
            """
        }
        return """
            <h2>By site</h2>
            <table><thead><tr><th>Managing organization</th><th class="n">Open</th><th class="n">Due soon</th><th class="n">Closed</th><th class="n">Not checked</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table>
            """
    }

    private var notChecked: String {
        let rows = reasons(\.reasons)
        guard !rows.isEmpty else { return "<p class=\"note\">Every state could be told: nothing was left unchecked.</p>" }
        return table("What could not be checked", rows)
    }

    /// Gaps that overrides mute are none, and are not lost.
    private var muted: String {
        let rows = reasons(\.mutes)
        return rows.isEmpty ? "" : table("What overrides mute", rows)
    }

    /// A row for each rule and reason, for each rule the five most frequent.
    private func reasons(_ of: KeyPath<SweepSummary.RuleCounts, [String: Int]>) -> [String] {
        rules.flatMap { rule in
            rule[keyPath: of].sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5).map { reason, count in
                "<tr><td>\(escaped(rule.title))</td><td>\(escaped(reason))</td><td class=\"n\">\(number(count))</td></tr>"
            }
        }
    }

    private func table(_ title: String, _ rows: [String]) -> String {
        """
        <h2>\(title)</h2>
        <table><thead><tr><th>Rule</th><th>Why</th><th class="n">Patients</th></tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table>
        """
    }

    // MARK: Words and numbers

    private func number(_ value: Int) -> String {
        var digits = String(value)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits = String(digits.dropLast(3))
        }
        return ([digits] + groups).joined(separator: "\u{202F}")
    }

    private func tenth(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// `0.7312` as `73.1 %`.
    private func percent(_ rate: String) -> String {
        guard let value = Double(rate) else { return rate }
        return tenth(value * 100) + " %"
    }

    private func escaped(_ text: some StringProtocol) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }

    private static let style = """
        :root{--ink:#1d2733;--quiet:#5d6b7a;--line:#d9e0e7;--open:#c8553d;--soon:#e3a857;--closed:#4f8a8b;--unknown:#b9c2cc}
        *{box-sizing:border-box}body{font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);max-width:1080px;margin:2rem auto;padding:0 1.5rem;background:#fff}
        h1{font-size:2rem;margin:0}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}header p{margin:.2rem 0;color:var(--quiet)}
        .figures{display:grid;grid-template-columns:repeat(4,1fr);gap:1rem;margin:1.4rem 0;border-top:2px solid var(--ink);border-bottom:1px solid var(--line);padding:.9rem 0}
        .figures div{display:flex;flex-direction:column}.number{font-size:1.9rem;font-weight:600;font-variant-numeric:tabular-nums}.label{color:var(--quiet)}
        table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;font-size:.82rem;color:var(--quiet);border-bottom:1px solid var(--ink);padding:.3rem .5rem;vertical-align:bottom}
        td{border-bottom:1px solid var(--line);padding:.45rem .5rem;vertical-align:top}td small{color:var(--quiet)}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.strong{font-weight:600}.plot{width:280px}
        svg{display:block;margin-top:.25rem}rect.open,i.open{fill:var(--open);background:var(--open)}rect.due-soon,i.due-soon{fill:var(--soon);background:var(--soon)}
        rect.closed,i.closed{fill:var(--closed);background:var(--closed)}rect.not-checked,i.not-checked{fill:var(--unknown);background:var(--unknown)}
        .legend span{margin-right:1.2rem;color:var(--quiet);font-size:.85rem}.legend i{display:inline-block;width:.8rem;height:.8rem;margin-right:.35rem;vertical-align:-1px}
        .note{color:var(--quiet)}footer{margin-top:2.5rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.8rem}
        @media print{body{margin:0;padding:0;max-width:none;font-size:9pt}td{padding:.25rem .4rem}.plot{width:32mm}.plot svg{width:30mm;height:3.5mm}tr{break-inside:avoid}h2{break-after:avoid}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}@page{margin:16mm}}
        """
}
