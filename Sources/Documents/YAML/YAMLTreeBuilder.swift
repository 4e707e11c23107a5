/// Makes a tree of libyaml's events and checks its structure on the way.
struct YAMLTreeBuilder {
    /// An open map or list.
    struct Frame {
        let isMapping: Bool
        let isFlow: Bool
        let start: Int
        /// `[key: value]`: a map without braces inside a list.
        let isBarePair: Bool
        var entries: [YAMLNode.Entry] = []
        var elements: [YAMLNode] = []
        var key: YAMLNode?
        var end: Int
    }

    let text: YAMLText
    let limits: YAMLLimits
    private(set) var root: YAMLNode?
    private(set) var diagnostics: [Diagnostic] = []
    /// False if the tree lacks something that was written.
    private(set) var isComplete = true
    private(set) var stack: [Frame] = []
    /// The scalar read last, and the key it belongs to if it is a value.
    private(set) var lastScalar: (node: YAMLNode, key: YAMLNode?)?
    private var nodes = 0
    private var documents = 0

    var source: Source { text.source }

    init(text: YAMLText, limits: YAMLLimits) {
        self.text = text
        self.limits = limits
    }

    /// Takes the next event; false if nothing more is to be read.
    mutating func add(_ event: YAMLEvent) -> Bool {
        let start = checkProperties(of: event)
        switch event.kind {
        case .documentStart(let hasDirectives): return addDocument(event, hasDirectives: hasDirectives)
        case .documentEnd: return true
        case .alias:
            report(.alias(source, event.range))
            attach(.scalar(text: source.text(in: event.range), style: .plain, range: event.range))
        case .scalar(let value, let style):
            guard count(event) else { return false }
            addScalar(value, style, SourceRange(start: start, end: event.range.end))
        case .sequenceStart(let isFlow): return open(event, start: start, isMapping: false, isFlow: isFlow)
        case .mappingStart(let isFlow): return open(event, start: start, isMapping: true, isFlow: isFlow)
        case .sequenceEnd, .mappingEnd: close(event)
        }
        return true
    }

    /// Notes a remark; after 200 of them a file needs another kind of help.
    mutating func report(_ diagnostic: Diagnostic) {
        if diagnostics.count < 200 { diagnostics.append(diagnostic) }
    }

    // MARK: Documents and properties

    private mutating func addDocument(_ event: YAMLEvent, hasDirectives: Bool) -> Bool {
        documents += 1
        if hasDirectives { report(.directive(source, text.line(at: event.range.start))) }
        guard documents > 1 else { return true }
        report(.secondDocument(source, event.range))
        isComplete = false
        return false
    }

    /// Reports anchors and tags before a value; gives the byte where the value itself begins.
    private mutating func checkProperties(of event: YAMLEvent) -> Int {
        var start = event.range.start
        guard event.hasProperties else { return start }
        while let sign = text.byte(start), sign == UInt8(ascii: "&") || sign == UInt8(ascii: "!") {
            var end = start
            while let byte = text.byte(end), byte > 0x20 { end += 1 }
            let range = SourceRange(start: start, end: end)
            report(sign == UInt8(ascii: "&") ? .anchor(source, range) : .tag(source, range))
            start = end
            while let byte = text.byte(start), start < event.range.end || byte == 0x20, byte <= 0x20 { start += 1 }
        }
        return min(start, max(event.range.start, event.range.end))
    }

    /// Counts a value; false, and said so, if there are too many.
    private mutating func count(_ event: YAMLEvent) -> Bool {
        nodes += 1
        guard nodes > limits.nodes else { return true }
        report(.tooMany(source, event.range, limit: limits.nodes))
        isComplete = false
        return false
    }

    // MARK: Nodes

    private mutating func addScalar(_ value: String, _ style: YAMLNode.Style, _ range: SourceRange) {
        var range = range
        if style == .literal || style == .folded {
            while range.end > range.start, let byte = text.byte(range.end - 1), byte <= 0x20 { range.end -= 1 }
        }
        let restored = style == .plain ? text.restoredText(in: range) : nil
        let node = YAMLNode.scalar(text: restored ?? value, style: style, range: range)
        checkScalar(node)
        lastScalar = (node, stack.last?.key)
        attach(node)
    }

    private mutating func open(_ event: YAMLEvent, start: Int, isMapping: Bool, isFlow: Bool) -> Bool {
        guard count(event) else { return false }
        guard stack.count < min(limits.depth, 512) else {
            report(.tooDeep(source, event.range, limit: limits.depth))
            isComplete = false
            return false
        }
        let isBarePair = isMapping && isFlow && text.byte(start) != UInt8(ascii: "{")
        stack.append(
            Frame(isMapping: isMapping, isFlow: isFlow, start: start, isBarePair: isBarePair, end: max(start, event.range.end)))
        return true
    }

    private mutating func close(_ event: YAMLEvent) {
        guard var frame = stack.popLast() else { return }
        if frame.isFlow, !frame.isBarePair { frame.end = max(frame.end, event.range.end) }
        let range = SourceRange(start: frame.start, end: frame.end)
        guard frame.isMapping else {
            attach(.sequence(frame.elements, range: range, isFlow: frame.isFlow))
            return
        }
        if frame.isBarePair { report(.barePair(source, range)) }
        attach(checkedMapping(frame, range))
    }

    /// Puts a completed value where it belongs; in place, so that a long list is not copied for each element.
    private mutating func attach(_ node: YAMLNode) {
        guard let top = stack.indices.last else {
            root = root ?? node
            return
        }
        stack[top].end = max(stack[top].end, node.range.end)
        if !stack[top].isMapping {
            stack[top].elements.append(node)
        } else if let key = stack[top].key {
            stack[top].entries.append((key, node))
            stack[top].key = nil
        } else {
            let key = checkedKey(node)
            stack[top].key = key
        }
    }
}
