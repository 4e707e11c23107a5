public import CDSHooks
import Documents

/// What the services of a hook said together of one story.
public struct CaseAnswer: Sendable {
    public struct Card: Sendable {
        public let summary: String
        public let indicator: Indicator
        /// Summary and detail, plain.
        let words: [UInt8]
    }

    public private(set) var cards: [Card] = []
    /// Statements of what was not checked: entries of the extension, and cards that say so.
    public private(set) var notChecked: [String] = []
    /// Why an answer cannot be judged: a status, a body that is none.
    public private(set) var problem: String?
    private(set) var asked = 0

    init() {}

    mutating func add(_ response: HookResponse) {
        asked += 1
        guard response.status == 200, let root = (try? JSONDocument(parsing: response.body))?.root, let list = root["cards"] else {
            problem = "the answer is \(response.status)"
            return
        }
        for node in list.elements {
            guard let summary = node["summary"]?.string, let indicator = node["indicator"]?.string.flatMap(Indicator.init(rawValue:)) else {
                problem = "a card has no summary, or an indicator that is none"
                continue
            }
            let words = CardWords.plain("\(summary) \(node["detail"]?.string ?? "")")
            cards.append(Card(summary: summary, indicator: indicator, words: words))
            if Self.ownsUp(words) { notChecked.append(String(decoding: words, as: UTF8.self)) }
        }
        for entry in (root["extension"]?["org.vigil.not-checked"]).map({ Array($0.elements) }) ?? [] {
            notChecked.append("\(entry["what"]?.string ?? ""): \(entry["why"]?.string ?? "")")
        }
    }

    /// Whether a text says that something could not be checked.
    static func ownsUp(_ words: [UInt8]) -> Bool {
        CardWords.says(words, "could not be checked|cannot be checked|can't be checked|not checked|could not check|unable to check")
    }
}

extension Indicator {
    /// 1 for info to 3 for critical.
    var strength: Int {
        switch self {
        case .info: 1
        case .warning: 2
        case .critical: 3
        }
    }
}
