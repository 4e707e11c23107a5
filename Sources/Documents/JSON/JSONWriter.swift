/// Writes JSON in the order of the calls.
///
/// Equal calls give equal bytes: nothing is sorted, strings are escaped only where RFC 8259 §7 demands it. The
/// writer puts commas and indentation; that members stand in objects and values in arrays is the caller's part.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.object { card in
///     card.member("summary", string: "Warfarin with ibuprofen")
///     card.member("links") { $0.array { _ in } }
/// }
/// ```
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []

    private let pretty: Bool
    private var depth = 0
    /// Whether the next value or key must be parted from something before it.
    private var needsComma = false
    /// Whether a key was just written, so that its value follows on the same line.
    private var afterKey = false

    /// - Parameters:
    ///   - pretty: two blanks of indentation a level, instead of no blanks at all.
    ///   - capacity: how many bytes are expected.
    public init(pretty: Bool = false, capacity: Int = 0) {
        self.pretty = pretty
        bytes.reserveCapacity(capacity)
    }

    // MARK: Containers

    /// An object; `body` writes its members.
    public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try container(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// An array; `body` writes its elements.
    public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try container(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    private mutating func container(
        _ opening: UInt8, _ closing: UInt8, _ body: (inout JSONWriter) throws -> Void
    ) rethrows {
        beginValue()
        bytes.append(opening)
        depth += 1
        needsComma = false
        try body(&self)
        depth -= 1
        if needsComma { breakLine() }
        bytes.append(closing)
        needsComma = true
        afterKey = false
    }

    // MARK: Members

    /// A member; `body` writes its one value.
    public mutating func member(_ key: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        self.key(key)
        try body(&self)
        // A body that wrote nothing must not leave a key without a value.
        if afterKey { null() }
    }

    /// A member, or nothing if the text is nil.
    public mutating func member(_ key: String, string text: String?) {
        guard let text else { return }
        self.key(key)
        string(text)
    }

    /// A member, or nothing if the value is nil.
    public mutating func member(_ key: String, bool value: Bool?) {
        guard let value else { return }
        self.key(key)
        bool(value)
    }

    /// A member, or nothing if the value is nil.
    public mutating func member(_ key: String, int value: Int?) {
        guard let value else { return }
        self.key(key)
        int(value)
    }

    /// A number given by its digits, or nothing if they are nil.
    public mutating func member(_ key: String, decimalText digits: String?) {
        guard let digits else { return }
        self.key(key)
        number(text: digits)
    }

    /// A member with a value built before, or nothing if it is nil.
    public mutating func member(_ key: String, value: JSONValue?) {
        guard let value else { return }
        self.key(key)
        value.write(to: &self)
    }

    /// A member's key; its value must follow.
    public mutating func key(_ key: String) {
        beginValue()
        write(escaped: key)
        bytes.append(UInt8(ascii: ":"))
        if pretty { bytes.append(UInt8(ascii: " ")) }
        needsComma = false
        afterKey = true
    }

    // MARK: Elements

    /// An element; `body` writes its one value.
    public mutating func element(_ body: (inout JSONWriter) throws -> Void) rethrows { try body(&self) }
    public mutating func element(string text: String) { string(text) }
    public mutating func element(bool value: Bool) { bool(value) }
    public mutating func element(int value: Int) { int(value) }
    public mutating func element(decimalText digits: String) { number(text: digits) }

    // MARK: Values

    public mutating func string(_ text: String) {
        beginValue()
        write(escaped: text)
    }

    public mutating func int(_ value: Int) {
        beginValue()
        bytes.append(contentsOf: String(value).utf8)
    }

    public mutating func bool(_ value: Bool) {
        beginValue()
        bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
    }

    /// A number exactly as its digits are given; digits that are no JSON number become a string, so that what is
    /// written stays JSON.
    public mutating func number(text: String) {
        guard Self.isNumber(text) else { return string(text) }
        beginValue()
        bytes.append(contentsOf: text.utf8)
    }

    public mutating func null() {
        beginValue()
        bytes.append(contentsOf: "null".utf8)
    }

    /// A value that is JSON already, such as a node's `rawBytes`.
    public mutating func raw(_ value: some Sequence<UInt8>) {
        beginValue()
        bytes.append(contentsOf: value)
    }

    /// A value built before.
    public mutating func value(_ value: JSONValue) { value.write(to: &self) }

    // MARK: Steps

    private mutating func beginValue() {
        if afterKey {
            afterKey = false
        } else {
            if needsComma { bytes.append(UInt8(ascii: ",")) }
            if depth > 0 { breakLine() }
        }
        needsComma = true
    }

    private mutating func breakLine() {
        guard pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    private mutating func write(escaped text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            var start = 0
            while start < utf8.count {
                let plain = JSONText.plainLength(utf8, from: start)
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<start + plain]))
                start += plain
                guard start < utf8.count else { break }
                bytes.append(contentsOf: Self.escape(utf8[start]).utf8)
                start += 1
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""): return "\\\""
        case UInt8(ascii: "\\"): return "\\\\"
        case 0x08: return "\\b"
        case 0x09: return "\\t"
        case 0x0A: return "\\n"
        case 0x0C: return "\\f"
        case 0x0D: return "\\r"
        default:
            let digits = String(byte, radix: 16)
            return "\\u00" + (digits.count < 2 ? "0" : "") + digits
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first, first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10 else { return false }
        var text = text
        return text.withUTF8 { utf8 in
            guard let base = utf8.baseAddress else { return false }
            var cursor = JSONCursor(base: base, end: utf8.count)
            return cursor.skipNumber() && cursor.offset == utf8.count
        }
    }
}
