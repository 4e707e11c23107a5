import Documents

/// How the text of a setting becomes a value, and the value a text again.
///
/// Every text is read the same way wherever it comes from: a scalar of the file, a variable of the environment, a flag.
public struct SettingType<Value: Sendable>: Sendable {
    /// What help calls it, such as `duration`.
    public let name: String
    /// Whether it takes several texts: a list in the file, commas in the environment, a repeated flag.
    public let isList: Bool
    let read: @Sendable ([String]) throws(SettingProblem) -> Value
    /// The texts from which `read` makes this value.
    let write: @Sendable (Value) -> [String]
}

/// Why a text is no value of its setting.
struct SettingProblem: Error {
    /// Which of the texts.
    var index = 0
    /// What would do, as in "`8o80` is no …".
    let wanted: String
    /// A word that may have been meant.
    var nearest: String?
    /// What is wrong with the texts behind it.
    var more: [SettingProblem] = []
}

extension SettingType {
    /// One text, read by a function that gives nothing where it is none of this kind.
    init(_ name: String, wanted: String, read: @escaping @Sendable (String) -> Value?, write: @escaping @Sendable (Value) -> String) {
        self.name = name
        isList = false
        self.read = { (texts: [String]) throws(SettingProblem) -> Value in
            guard texts.count == 1, let value = read(texts[0]) else { throw SettingProblem(wanted: wanted) }
            return value
        }
        self.write = { [write($0)] }
    }

    /// The same, where nothing need be said.
    var optional: SettingType<Value?> {
        SettingType<Value?>(
            name: name, isList: isList,
            read: { (texts: [String]) throws(SettingProblem) -> Value? in try read(texts) },
            write: { value in value.map(write) ?? [] })
    }

    /// Several of them.
    var list: SettingType<[Value]> {
        SettingType<[Value]>(
            name: "list of \(name)", isList: true,
            read: { (texts: [String]) throws(SettingProblem) -> [Value] in
                var values: [Value] = [], problems: [SettingProblem] = []
                for (index, text) in texts.enumerated() {
                    do throws(SettingProblem) {
                        values.append(try read([text]))
                    } catch {
                        problems.append(SettingProblem(index: index, wanted: error.wanted, nearest: error.nearest))
                    }
                }
                guard var first = problems.first else { return values }
                first.more = Array(problems.dropFirst())
                throw first
            },
            write: { values in values.flatMap(write) })
    }
}

extension SettingType where Value == String {
    /// Any text but an empty one.
    static var text: SettingType {
        SettingType("text", wanted: "text: something must be said", read: { $0.isEmpty ? nil : $0 }, write: { $0 })
    }

    /// The path of a file or folder, from the working directory.
    static var path: SettingType {
        SettingType(
            "path", wanted: "path: something must be said, without a NUL",
            read: { $0.isEmpty || $0.utf8.contains(0) ? nil : $0 }, write: { $0 })
    }

    /// An http or https URL without a slash at its end, so that a path can be put behind it.
    static var url: SettingType {
        SettingType(
            "url", wanted: "URL such as https://cds.example.org",
            read: { text in
                let start = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
                let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
                guard let start, isPlain, text.count > start.count, !text.contains("#"), !text.contains("?") else { return nil }
                return text.hasSuffix("/") ? String(text.dropLast()) : text
            }, write: { $0 })
    }

    /// 32 bytes as hexadecimal digits.
    static var encryptionKey: SettingType {
        SettingType(
            "64 hexadecimal digits", wanted: "key of 64 hexadecimal digits",
            read: { text in text.utf8.count == 64 && text.allSatisfy(\.isHexDigit) && text.utf8.allSatisfy { $0 < 0x80 } ? text : nil },
            write: { $0 })
    }
}

extension SettingType where Value == Bool {
    static var flag: SettingType {
        SettingType(
            "yes or no", wanted: "`yes` or `no`",
            read: { ["yes": true, "true": true, "on": true, "no": false, "false": false, "off": false][$0.lowercased()] },
            write: { $0 ? "yes" : "no" })
    }
}

extension SettingType where Value == Int {
    /// A whole number within bounds.
    static func number(_ bounds: ClosedRange<Int>) -> SettingType {
        SettingType(
            "number", wanted: "number from \(bounds.lowerBound) to \(bounds.upperBound)",
            read: { text in Int(text).flatMap { bounds.contains($0) ? $0 : nil } }, write: { "\($0)" })
    }

    /// So many bytes, within bounds: `16 MiB`, `512 KiB`, `4096`.
    static func bytes(_ bounds: ClosedRange<Int>) -> SettingType {
        SettingType(
            "bytes", wanted: "size from \(Magnitude.bytes.text(bounds.lowerBound)) to \(Magnitude.bytes.text(bounds.upperBound))",
            read: { text in Magnitude.bytes.value(text).flatMap { bounds.contains($0) ? $0 : nil } }, write: Magnitude.bytes.text)
    }
}

extension SettingType where Value == Duration {
    /// A time within bounds: `500 ms`, `2 s`, `15 min`, `1 h`, `30 d`.
    static func duration(_ bounds: ClosedRange<Duration>) -> SettingType {
        let time = Magnitude.time
        return SettingType(
            "duration",
            wanted: "duration from \(time.text(bounds.lowerBound.milliseconds)) to \(time.text(bounds.upperBound.milliseconds))",
            read: { text in
                let value = time.value(text).map { Duration.milliseconds($0) }
                return value.flatMap { bounds.contains($0) ? $0 : nil }
            },
            write: { time.text($0.milliseconds) })
    }
}

extension SettingType {
    /// One of some words.
    static func choice(_ name: String, of values: [(word: String, value: Value)]) -> SettingType where Value: Equatable {
        let words = values.map(\.word)
        return SettingType(
            name: words.joined(separator: ", "), isList: false,
            read: { (texts: [String]) throws(SettingProblem) -> Value in
                guard texts.count == 1, let found = values.first(where: { $0.word == texts[0] }) else {
                    throw SettingProblem(
                        wanted: "\(name): \(words.joined(separator: ", "))", nearest: texts.first.flatMap { NearestName.find($0, in: words) })
                }
                return found.value
            },
            write: { value in values.filter { $0.value == value }.prefix(1).map(\.word) })
    }

    /// One of the words of an enumeration.
    static func choice(_ name: String) -> SettingType where Value: CaseIterable & RawRepresentable & Equatable, Value.RawValue == String {
        choice(name, of: Value.allCases.map { ($0.rawValue, $0) })
    }
}
