extension String {
    /// True where the text stands somewhere in it; letters of ASCII count as the same in either case, everything else byte for byte.
    func holdsInAnyCase(_ text: String) -> Bool {
        var mine = self, text = text
        return mine.withUTF8 { mine in
            text.withUTF8 { text in
                guard let first = text.first.map(Self.lowercase) else { return true }
                guard mine.count >= text.count else { return false }
                return (0...(mine.count - text.count)).contains { start in
                    Self.lowercase(mine[start]) == first
                        && text.indices.allSatisfy { Self.lowercase(mine[start + $0]) == Self.lowercase(text[$0]) }
                }
            }
        }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}
