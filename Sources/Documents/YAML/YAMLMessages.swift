/// What is said of structures that YAML has and rules have not.
extension Diagnostic {
    // MARK: V101

    static func duplicateKey(_ source: Source, _ range: SourceRange, _ key: String, first: SourceRange) -> Diagnostic {
        Diagnostic(
            code: "V101", message: "`\(key)` is written twice in this map", file: source.name, range: range,
            label: "written again", help: ["keep one of the two, or give the second another name"],
            related: [.init(file: source.name, range: first, message: "first written here")])
    }

    // MARK: V102

    static func anchor(_ source: Source, _ range: SourceRange) -> Diagnostic {
        let name = source.text(in: range)
        return Diagnostic(
            code: "V102", message: "`\(name)` is an anchor; rules are written without them", file: source.name,
            range: range, help: ["write the value out where it is needed, or give it a name in a file of sets"])
    }

    static func alias(_ source: Source, _ range: SourceRange) -> Diagnostic {
        Diagnostic(
            code: "V102", message: "`\(source.text(in: range))` is an alias; rules are written without them",
            file: source.name, range: range,
            help: [
                "write the value out here, or give it a name in a file of sets",
                "if it is text, put it in quotes: `\(YAMLText.quoted(source.text(in: range)))`",
            ])
    }

    static func tag(_ source: Source, _ range: SourceRange) -> Diagnostic {
        Diagnostic(
            code: "V102", message: "`\(source.text(in: range))` is a tag; rules are written without them",
            file: source.name, range: range,
            help: ["leave it out: the rule language knows what each value is", "if it is text, put it in quotes"])
    }

    static func merge(_ source: Source, _ range: SourceRange) -> Diagnostic {
        Diagnostic(
            code: "V102", message: "`<<` merges another map; rules are written without that", file: source.name,
            range: range, help: ["write the entries out in this map"])
    }

    static func secondDocument(_ source: Source, _ range: SourceRange) -> Diagnostic {
        Diagnostic(
            code: "V102", message: "a second document begins here; a file holds one", file: source.name, range: range,
            help: ["move what follows to a file of its own"])
    }

    static func directive(_ source: Source, _ range: SourceRange) -> Diagnostic {
        Diagnostic(
            code: "V102", message: "this is a YAML directive; rules are written without them", file: source.name,
            range: range, help: ["leave the line out", "if it is text, put it in quotes"])
    }

    static func keyIsNoText(_ source: Source, _ range: SourceRange, isMap: Bool) -> Diagnostic {
        Diagnostic(
            code: "V102", message: "a \(isMap ? "map" : "list") stands where a key should; a key is a word",
            file: source.name, range: range, help: ["write one entry for each key"])
    }

    // MARK: V103, V104, V106

    static func barePair(_ source: Source, _ range: SourceRange) -> Diagnostic {
        let words = source.text(in: range)
        return Diagnostic(
            code: "V103", message: "the colon makes a map of this list entry", file: source.name, range: range,
            help: ["if it is text, put it in quotes: `\(YAMLText.quoted(words))`", "if it is a map, put it in braces: `{ \(words) }`"])
    }

    static func textInFlow(
        _ source: Source, _ range: SourceRange, piece: String, key: String, whole: String
    ) -> Diagnostic {
        Diagnostic(
            code: "V104", message: "text in a flow map: the comma ends it, and `\(piece)` becomes a key of its own",
            file: source.name, range: range, label: "no longer part of `\(key)`",
            help: [
                "write the map as a block, one entry a line: `\(key): \(whole)`",
                "or put the text in quotes: `\(key): \(YAMLText.quoted(whole))`",
            ])
    }

    static func keysWithoutValues(_ source: Source, _ range: SourceRange, _ keys: [String]) -> Diagnostic {
        Diagnostic(
            code: "V104", message: "braces hold `key: value`, and here no value is written", file: source.name,
            range: range, label: "taken as a key", help: ["for a list write brackets: `[\(keys.joined(separator: ", "))]`"])
    }

    static func missingBlank(_ source: Source, _ range: SourceRange, before: String, after: String) -> Diagnostic {
        Diagnostic(
            code: "V104", message: "after the colon of a key must stand a blank", file: source.name, range: range,
            label: "taken as a key without a value", help: ["write `\(before) \(after)`"])
    }

    static func placeholder(_ source: Source, _ range: SourceRange, name: String, whole: String? = nil) -> Diagnostic {
        Diagnostic(
            code: "V106", message: "braces start a map in YAML; a placeholder is written `$\(name)`", file: source.name,
            range: range, help: ["write `\(whole ?? "$" + name)`"])
    }

    // MARK: V105

    static func curlyQuotes(_ source: Source, _ range: SourceRange, _ text: String) -> Diagnostic {
        Diagnostic(
            code: "V105", message: "these quotes are curly; YAML knows only straight ones and takes them as text",
            file: source.name, range: range, help: ["write `\(YAMLText.quoted(CurlyQuotes.straightened(text)))`"])
    }

    // MARK: V107

    /// - Parameter quoted: the line as it would be if the text were meant.
    static func comparison(_ source: Source, _ range: SourceRange, quoted: String) -> Diagnostic {
        let words = source.text(in: range)
        let isAtLeast = words.hasPrefix(">=")
        let number = words.dropFirst(isAtLeast ? 2 : 1).drop { $0 == " " }
        return Diagnostic(
            code: "V107", message: "`>` starts a block of text in YAML; it compares nothing", file: source.name,
            range: range,
            help: [
                "to compare, write a word: `\(isAtLeast ? "at_least" : "above"): \(number)`",
                "if it is text, put it in quotes: `\(quoted)`",
            ])
    }

    // MARK: V108

    static func tooDeep(_ source: Source, _ range: SourceRange, limit: Int) -> Diagnostic {
        Diagnostic(
            code: "V108", message: "maps and lists stand more than \(limit) deep inside each other", file: source.name,
            range: range)
    }

    static func tooMany(_ source: Source, _ range: SourceRange, limit: Int) -> Diagnostic {
        Diagnostic(
            code: "V108", message: "this file has more than \(limit) values", file: source.name, range: range,
            help: ["split it into several files"])
    }

    // MARK: V100

    static func swallowedEntry(_ source: Source, _ range: SourceRange, textStart: SourceRange) -> Diagnostic {
        Diagnostic(
            code: "V100", message: "this list entry became part of the text above it", file: source.name, range: range,
            help: ["leave the text out if the list is meant", "write the text as a block (`>-`) if it is meant to hold a dash"],
            related: [.init(file: source.name, range: textStart, message: "the text begins here")])
    }
}
