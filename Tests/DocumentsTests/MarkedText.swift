import Documents

/// A sample with 1️⃣, 2️⃣ … at the places that messages should hit; the marks are no part of the text.
struct MarkedText {
    let source: Source
    /// The byte of each mark, by its number.
    let marks: [Int: Int]

    init(_ sample: String, name: String = "sample.yaml") {
        var bytes: [UInt8] = []
        var marks: [Int: Int] = [:]
        for character in sample {
            let scalars = Array(character.unicodeScalars)
            if scalars.count == 3, scalars[1] == "\u{FE0F}", scalars[2] == "\u{20E3}", let number = character.wholeNumber {
                marks[number] = bytes.count
            } else {
                bytes += Array(String(character).utf8)
            }
        }
        source = Source(name: name, bytes: bytes)
        self.marks = marks
    }
}

extension Character {
    fileprivate var wholeNumber: Int? {
        unicodeScalars.first.flatMap { Int(String($0)) }
    }
}

/// Numbers that look random and are the same in each run.
///
/// - Source: SplitMix64, Steele et al., OOPSLA 2014, doi:10.1145/2660193.2660195.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A copy of `bytes` with up to four bytes changed, inserted, removed, or doubled in runs.
    mutating func mutation(of bytes: [UInt8], alphabet: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &self)
            let byte = Bool.random(using: &self)
                ? UInt8.random(in: 0...255, using: &self) : alphabet.randomElement(using: &self) ?? 0
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            case 3: bytes.removeSubrange(index...)
            default:
                let end = min(bytes.count, index + Int.random(in: 1...12, using: &self))
                bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &self))
            }
        }
        return bytes
    }
}
