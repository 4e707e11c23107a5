/// Says in plain words what stopped libyaml, and what to cover so that the rest can be read.
struct YAMLExplainer {
    struct Explanation {
        var diagnostic: Diagnostic
        /// Empty if there is no way on.
        var covers: [YAMLText.Cover] = []
        /// False if the covers hide something that was meant as content.
        var keepsContent = true
    }

    let text: YAMLText
    let failure: YAMLFailure
    let builder: YAMLTreeBuilder

    var source: Source { text.source }
    var inFlow: Bool { failure.context.contains("flow") || (builder.stack.last?.isFlow ?? false) }

    /// libyaml's own sentences are the only clue it gives to the cause.
    ///
    /// - Source: libyaml 0.2.5, src/scanner.c and src/parser.c.
    var explanation: Explanation {
        switch (failure.problem, failure.context) {
        case ("mapping values are not allowed in this context", _): return colonInBlock()
        case (_, "while scanning a block scalar"): return comparison(at: failure.contextOffset)
        case ("found unexpected ':'", _): return colonBeforeSign()
        case ("found character that cannot start any token", _): return forbiddenStart()
        case ("found unexpected end of stream", "while scanning a quoted scalar"),
            ("found unexpected document indicator", "while scanning a quoted scalar"):
            return unclosedQuote(at: failure.contextOffset)
        case ("found unknown escape character", _), (_, "while parsing a quoted scalar"): return unknownEscape()
        case ("could not find expected ':'", _): return missingColon()
        case ("block sequence entries are not allowed in this context", _): return listOnKeyLine()
        case ("mapping keys are not allowed in this context", _): return questionMark()
        case ("did not find expected node content", _): return missingContent()
        case ("did not find expected ',' or '}'", _): return unclosedFlow(closing: "}")
        case ("did not find expected ',' or ']'", _): return unclosedFlow(closing: "]")
        case ("did not find expected key", _), ("did not find expected '-' indicator", _),
            ("did not find expected <document start>", _):
            return misplacedLine()
        case (_, "while scanning an alias"), (_, "while scanning an anchor"): return refusedSign(noun: "an alias or anchor")
        case (_, "while scanning a tag"), (_, "while parsing a tag"), ("found undefined tag handle", _):
            return refusedSign(noun: "a tag")
        case (_, "while scanning a directive"), (_, "while scanning a %YAML directive"), (_, "while scanning a %TAG directive"):
            return directive()
        default: return unexplained()
        }
    }

    func problem(_ code: String, _ message: String, at range: SourceRange, label: String? = nil, help: String...) -> Diagnostic {
        Diagnostic(code: code, message: message, file: source.name, range: range, label: label, help: help)
    }

    /// The value at `start` with its key in front, in quotes: `key: "value"`.
    func quotedLine(_ value: SourceRange, key: YAMLNode?) -> String {
        let words = YAMLText.quoted(source.text(in: value))
        return key.flatMap(\.text).map { "\($0): \(words)" } ?? words
    }

    /// The key whose value begins at `offset`, if the line says `key: ` before it.
    func key(before offset: Int) -> YAMLNode? {
        if let key = builder.stack.last?.key, key.range.end <= offset { return key }
        if let last = builder.lastScalar, last.node.range.start == offset { return last.key }
        return nil
    }

    private func unexplained() -> Explanation {
        let place = failure.offset > 0 || failure.contextOffset == 0 ? failure.offset : failure.contextOffset
        var diagnostic = problem(
            "V100", "this cannot be read as YAML: \(failure.problem)", at: text.value(from: place, inFlow: false))
        if !failure.context.isEmpty { diagnostic.notes = [failure.context] }
        return Explanation(diagnostic: diagnostic)
    }
}
