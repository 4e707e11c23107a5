/// Reads the whole of a document into elements, attributes and texts; one place in the text, and a stack of its own.
struct XMLParser {
    let bytes: [UInt8]
    let limits: XMLLimits
    var place = 0
    private(set) var elements: [XMLElement] = []
    var attributes: [XMLAttribute] = []
    private(set) var texts: [XMLText] = []
    /// The elements that are open, the innermost last, each with the bindings that it added.
    private var open: [Open] = []
    var bindings = XMLBindings()
    /// Text since the last tag; comments do not break it.
    private var run: [UInt8] = []

    private struct Open {
        let element: Int
        /// The name as written, which the end tag has to repeat.
        let name: String
        let bound: Int
    }

    init(bytes: [UInt8], limits: XMLLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parse() throws(XMLError) {
        do throws(XMLError) {
            try declaration()
            while place < bytes.count { try content() }
            guard open.isEmpty else { throw XMLError(.unexpectedEnd("`</\(open.last?.name ?? "")>`"), at: place) }
            guard !elements.isEmpty else { throw XMLError(.unexpectedEnd("an element"), at: place) }
        } catch {
            throw error.placed(in: bytes)
        }
    }

    // MARK: Content

    private mutating func content() throws(XMLError) {
        guard bytes[place] == UInt8(ascii: "<") else { return try text() }
        if stands("<!--") { return try comment() }
        if stands("<![CDATA[") { return try cdata() }
        if stands("<!DOCTYPE") { throw XMLError(.doctype, at: place) }
        if stands("<?") { return try instruction() }
        if stands("</") { return try endTag() }
        try startTag()
    }

    private mutating func text() throws(XMLError) {
        let start = place
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "<"):
                return try close(text: start)
            case UInt8(ascii: "&"):
                let referred = try reference()
                run.append(contentsOf: referred)
            case UInt8(ascii: "]") where stands("]]>"):
                throw XMLError(.cdataEnd, at: place)
            default:
                let taken = try taken()
                run.append(contentsOf: taken)
            }
        }
        try close(text: start)
    }

    /// Outside of the root only blanks may stand.
    private mutating func close(text start: Int) throws(XMLError) {
        guard open.isEmpty else { return }
        if let odd = bytes[start..<place].firstIndex(where: { !XMLCharacter.isBlank($0) }) { throw XMLError(.textOutsideRoot, at: odd) }
        run.removeAll(keepingCapacity: true)
    }

    private mutating func cdata() throws(XMLError) {
        let start = place
        guard !open.isEmpty else { throw XMLError(.textOutsideRoot, at: place) }
        place += 9
        while place < bytes.count {
            if stands("]]>") {
                place += 3
                return
            }
            let taken = try taken()
            run.append(contentsOf: taken)
        }
        throw XMLError(.unexpectedEnd("`]]>` for the CDATA of byte \(start)"), at: place)
    }

    private mutating func comment() throws(XMLError) {
        place += 4
        while place < bytes.count {
            if stands("--") {
                guard stands("-->") else { throw XMLError(.doubleHyphen, at: place) }
                place += 3
                return
            }
            try character()
        }
        throw XMLError(.unexpectedEnd("`-->`"), at: place)
    }

    /// Processing instructions, such as the style sheet that most documents name, are passed over.
    private mutating func instruction() throws(XMLError) {
        let start = place
        place += 2
        let target = try name("a target")
        if target.lowercased() == "xml" { throw XMLError(.declarationNotFirst, at: start) }
        while place < bytes.count {
            if stands("?>") {
                place += 2
                return
            }
            try character()
        }
        throw XMLError(.unexpectedEnd("`?>`"), at: place)
    }

    // MARK: Tags

    private mutating func startTag() throws(XMLError) {
        let start = place
        try closeRun()
        guard !open.isEmpty || elements.isEmpty else { throw XMLError(.secondRoot, at: place) }
        guard open.count < limits.depth else { throw XMLError(.tooDeep(limit: limits.depth), at: place) }
        place += 1
        let name = try self.name("the name of an element")
        let bound = bindings.count
        let raw = try rawAttributes()
        try bind(raw)
        let isEmpty = bytes[place] == UInt8(ascii: "/")
        place += isEmpty ? 2 : 1
        let index = elements.count
        let first = attributes.count
        let type = try add(raw)
        let tag = SourceRange(start: start, end: place)
        elements.append(
            XMLElement(
                name: try bindings.resolve(name, isAttribute: false, at: start + 1), type: type, range: tag, tag: tag,
                parent: open.last?.element ?? -1, next: index + 1, attributes: first..<attributes.count, texts: texts.count..<texts.count))
        guard elements.count + attributes.count + texts.count <= limits.nodes else {
            throw XMLError(.tooManyNodes(limit: limits.nodes), at: start)
        }
        if isEmpty {
            bindings.shrink(to: bound)
        } else {
            open.append(Open(element: index, name: name, bound: bound))
        }
    }

    private mutating func endTag() throws(XMLError) {
        let start = place
        try closeRun()
        place += 2
        let name = try self.name("the name of an element")
        skipBlanks()
        try take(">", "`>`")
        guard let top = open.popLast() else { throw XMLError(.expected("an element, found an end tag"), at: start) }
        guard top.name == name else { throw XMLError(.mismatchedTag(open: top.name, close: name), at: start) }
        elements[top.element].range.end = place
        elements[top.element].next = elements.count
        elements[top.element].texts = elements[top.element].texts.lowerBound..<texts.count
        bindings.shrink(to: top.bound)
    }

    private mutating func closeRun() throws(XMLError) {
        guard let owner = open.last?.element, !run.isEmpty else { return }
        texts.append(XMLText(owner: owner, text: String(decoding: run, as: UTF8.self)))
        run.removeAll(keepingCapacity: true)
        guard elements.count + attributes.count + texts.count <= limits.nodes else {
            throw XMLError(.tooManyNodes(limit: limits.nodes), at: place)
        }
    }
}
