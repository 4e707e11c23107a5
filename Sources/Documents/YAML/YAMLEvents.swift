import CYAML

/// One step of libyaml through a text.
struct YAMLEvent {
    enum Kind {
        case documentStart(hasDirectives: Bool)
        case documentEnd
        case alias
        case scalar(text: String, style: YAMLNode.Style)
        case sequenceStart(isFlow: Bool)
        case sequenceEnd
        case mappingStart(isFlow: Bool)
        case mappingEnd
    }

    let kind: Kind
    let range: SourceRange
    /// Whether an anchor or a tag was written before the value.
    let hasProperties: Bool
}

/// Why libyaml could not go on, in its own words, with byte offsets.
struct YAMLFailure {
    let problem: String
    let context: String
    let offset: Int
    let contextOffset: Int
}

/// Walks a text with libyaml's event parser. No resolver: every scalar is text.
enum YAMLEvents {
    /// Calls `body` for each event until it answers false, and gives what stopped libyaml, if anything did.
    static func read(_ text: YAMLText, _ body: (YAMLEvent) -> Bool) -> YAMLFailure? {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) != 0 else {
            return YAMLFailure(problem: "out of memory", context: "", offset: 0, contextOffset: 0)
        }
        defer { yaml_parser_delete(parser) }
        let offsets = CharacterOffsets(text)
        return text.bytes.withUnsafeBufferPointer { bytes in
            // libyaml asserts that there is an address.
            guard let base = bytes.baseAddress, bytes.count > text.start else { return nil }
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, base + text.start, bytes.count - text.start)
            while true {
                var event = yaml_event_t()
                guard yaml_parser_parse(parser, &event) != 0 else {
                    return YAMLFailure(parser.pointee, offsets)
                }
                defer { yaml_event_delete(&event) }
                if event.type == YAML_STREAM_END_EVENT || event.type == YAML_NO_EVENT { return nil }
                if let event = YAMLEvent(event, offsets), !body(event) { return nil }
            }
        }
    }
}

/// libyaml (0.2.5) counts characters in its marks, a CR LF as two; we count bytes.
private struct CharacterOffsets {
    private let start: Int
    private let end: Int
    /// Where each character begins; empty if all are of one byte.
    private var bytes: [Int] = []

    init(_ text: YAMLText) {
        start = text.start
        end = text.bytes.count
        let read = text.bytes[text.start...]
        guard read.contains(where: { $0 >= 0x80 }) else { return }
        bytes = read.indices.filter { read[$0] & 0xC0 != 0x80 }
    }

    func byte(of mark: yaml_mark_t) -> Int {
        let index = Int(clamping: mark.index)
        if bytes.isEmpty { return min(start + index, end) }
        return index < bytes.count ? bytes[index] : end
    }
}

extension YAMLFailure {
    fileprivate init(_ parser: yaml_parser_t, _ offsets: CharacterOffsets) {
        problem = parser.problem.map { String(cString: $0) } ?? "unknown problem"
        context = parser.context.map { String(cString: $0) } ?? ""
        offset = offsets.byte(of: parser.problem_mark)
        contextOffset = offsets.byte(of: parser.context_mark)
    }
}

extension YAMLEvent {
    /// Nil for the start of the stream.
    fileprivate init?(_ event: yaml_event_t, _ offsets: CharacterOffsets) {
        range = SourceRange(start: offsets.byte(of: event.start_mark), end: offsets.byte(of: event.end_mark))
        let data = event.data
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            let start = data.document_start
            kind = .documentStart(
                hasDirectives: start.version_directive != nil || start.tag_directives.start != start.tag_directives.end)
            hasProperties = false
        case YAML_DOCUMENT_END_EVENT: (kind, hasProperties) = (.documentEnd, false)
        case YAML_ALIAS_EVENT: (kind, hasProperties) = (.alias, false)
        case YAML_SCALAR_EVENT:
            let scalar = data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            kind = .scalar(text: text, style: YAMLNode.Style(scalar.style))
            hasProperties = scalar.anchor != nil || scalar.tag != nil
        case YAML_SEQUENCE_START_EVENT:
            let start = data.sequence_start
            kind = .sequenceStart(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE)
            hasProperties = start.anchor != nil || start.tag != nil
        case YAML_SEQUENCE_END_EVENT: (kind, hasProperties) = (.sequenceEnd, false)
        case YAML_MAPPING_START_EVENT:
            let start = data.mapping_start
            kind = .mappingStart(isFlow: start.style == YAML_FLOW_MAPPING_STYLE)
            hasProperties = start.anchor != nil || start.tag != nil
        case YAML_MAPPING_END_EVENT: (kind, hasProperties) = (.mappingEnd, false)
        default: return nil
        }
    }
}

extension YAMLNode.Style {
    fileprivate init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .single
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .double
        case YAML_LITERAL_SCALAR_STYLE: self = .literal
        case YAML_FOLDED_SCALAR_STYLE: self = .folded
        default: self = .plain
        }
    }
}
