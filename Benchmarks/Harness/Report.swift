/// One line of the table: what was measured, the figure, and the goal that it is held against.
struct Figure {
    enum Verdict: String {
        case met = "met"
        case missed = "MISSED"
        case none = ""
    }

    let what: String
    let figure: String
    var goal = ""
    var verdict = Verdict.none

    /// A figure that tells, without a goal.
    init(_ what: String, _ figure: String) {
        self.what = what
        self.figure = figure
    }

    /// A ratio that must not be above a bound.
    init(_ what: String, ratio: Double, atMost bound: Double, note: String = "") {
        self.what = what
        figure = "\(ratio.fixed(2))x\(note.isEmpty ? "" : "  (\(note))")"
        goal = "<= \(bound.fixed(1))x"
        verdict = ratio <= bound ? .met : .missed
    }

    /// A duration that must not be above a bound.
    init(_ what: String, nanoseconds: Double, atMost bound: Double) {
        self.what = what
        figure = nanoseconds.duration
        goal = "<= \(bound.duration)"
        verdict = nanoseconds <= bound ? .met : .missed
    }
}

/// Prints results as they come, in columns.
struct Report {
    private var missed = 0

    func note(_ text: String) { print("# \(text)") }

    mutating func add(_ results: [Figure]) {
        for result in results {
            print(result.what.padded(62), result.figure.padded(34), result.goal.padded(10), result.verdict.rawValue)
            if result.verdict == .missed { missed += 1 }
        }
    }

    func end() {
        note(missed == 0 ? "every goal is met" : "\(missed) goal(s) missed")
    }
}

extension Double {
    /// With so many digits after the point.
    func fixed(_ digits: Int) -> String {
        guard isFinite, magnitude < 1e15 else { return "-" }
        let scale = (0..<digits).reduce(1) { value, _ in value * 10 }
        let scaled = Int((magnitude * Double(scale)).rounded())
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scaled % scale)
        return "\(sign)\(scaled / scale).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
    }

    /// Nanoseconds in a unit that reads well.
    var duration: String {
        switch self {
        case ..<1_000: "\(fixed(0)) ns"
        case ..<1_000_000: "\((self / 1_000).fixed(1)) us"
        case ..<1_000_000_000: "\((self / 1_000_000).fixed(1)) ms"
        default: "\((self / 1_000_000_000).fixed(2)) s"
        }
    }
}

extension String {
    /// Followed by blanks up to a width.
    func padded(_ width: Int) -> String {
        count >= width ? self : self + String(repeating: " ", count: width - count)
    }
}
