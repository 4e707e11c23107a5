import Documents

/// A closed list of words of FHIR: element names, statuses, kinds of resource.
///
/// A JSON string is looked up in it without making a `String` of it.
protocol WordList: RawRepresentable, CaseIterable, Sendable where RawValue == String {
    static var table: WordTable<Self> { get }
}

extension WordList {
    /// The word that a JSON string holds; `nil` where it is another, or no string.
    @inline(__always)
    init?(_ node: JSONNode) {
        guard let word = node.withRawBytes({ Self.table.word(quoted: $0) }) ?? Self.escaped(node) else {
            return nil
        }
        self = word
    }

    /// The word that a string says; nothing where it is none of the words.
    @inline(__always)
    init?(_ view: JSONView) {
        guard let word = view.withText({ Self.table.word($0) }) ?? nil else { return nil }
        self = word
    }

    /// A word may be written with escapes, though nobody does.
    @inline(never)
    private static func escaped(_ node: JSONNode) -> Self? {
        guard node.kind == .string, node.rawBytes.contains(UInt8(ascii: "\\")), let bytes = node.stringBytes else { return nil }
        return bytes.withUnsafeBufferPointer { table.word($0) }
    }
}

/// Finds a word by its bytes.
///
/// - Complexity: one hash of at most sixteen bytes, and in most cases one comparison of two integers.
struct WordTable<Word: WordList>: Sendable {
    /// What words are told apart by: eight bytes at either end, and the length.
    private struct Print: Equatable {
        var head: UInt64
        var tail: UInt64
        var count: Int

        /// A print of no word.
        static var empty: Print { Print(head: 0, tail: 0, count: -1) }

        @inline(__always)
        var hash: Int {
            let mixed = (head ^ (tail &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(truncatingIfNeeded: count)) &* 0xD6E8_FEB8_6659_FD93
            return Int(truncatingIfNeeded: mixed >> 40)
        }
    }

    private struct Slot {
        var print: Print
        var word: Word?
    }

    /// Open addressing, a quarter full at most. Written once and never freed: a table lives as long as the program.
    private nonisolated(unsafe) let slots: UnsafePointer<Slot>
    private let mask: Int

    init() {
        let words = Array(Word.allCases)
        var size = 16
        while size < words.count * 4 { size *= 2 }
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: size)
        slots.initialize(repeating: Slot(print: .empty, word: nil), count: size)
        for word in words {
            let print = Array(word.rawValue.utf8).withUnsafeBufferPointer { Self.print($0) }
            var slot = print.hash & (size - 1)
            while slots[slot].word != nil { slot = (slot + 1) & (size - 1) }
            slots[slot] = Slot(print: print, word: word)
        }
        self.slots = UnsafePointer(slots)
        self.mask = size - 1
    }

    /// The word between the quotes of a JSON string without escapes.
    @inline(__always)
    func word(quoted bytes: UnsafeBufferPointer<UInt8>) -> Word? {
        guard bytes.count >= 2, bytes[0] == UInt8(ascii: "\"") else { return nil }
        return word(UnsafeBufferPointer(rebasing: bytes[1..<bytes.count - 1]))
    }

    func word(_ bytes: UnsafeBufferPointer<UInt8>) -> Word? {
        let print = Self.print(bytes)
        var slot = print.hash & mask
        while let word = slots[slot].word {
            if slots[slot].print == print, isMiddleAlike(bytes, word) { return word }
            slot = (slot + 1) & mask
        }
        return nil
    }

    @inline(__always)
    private static func print(_ bytes: UnsafeBufferPointer<UInt8>) -> Print {
        let count = bytes.count
        guard count >= 8, let base = UnsafeRawPointer(bytes.baseAddress) else {
            return Print(head: short(bytes), tail: 0, count: count)
        }
        return Print(
            head: base.loadUnaligned(as: UInt64.self), tail: base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self), count: count)
    }

    /// Fewer than eight bytes as one integer: all of them, the middle ones of some twice.
    @inline(__always)
    private static func short(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let count = bytes.count
        guard count > 0, let base = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
        guard count >= 4 else { return UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16 }
        return UInt64(base.loadUnaligned(as: UInt32.self))
            | UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)) << 32
    }

    /// What lies between the ends of a long word.
    @inline(__always)
    private func isMiddleAlike(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Word) -> Bool {
        bytes.count <= 16 || isMiddleAlike(bytes, spelled: word.rawValue)
    }

    private func isMiddleAlike(_ bytes: UnsafeBufferPointer<UInt8>, spelled word: String) -> Bool {
        var word = word
        return word.withUTF8 { letters in
            for place in 8..<bytes.count - 8 where letters[place] != bytes[place] { return false }
            return true
        }
    }
}
