import Knowledge

/// Reads a table of interactions through its mapping into packed pairs.
struct PairTableReading {
    let mapping: PairMapping
    let base: KnowledgeBase
    private(set) var readCount = 0
    private(set) var skippedCount = 0
    private(set) var repeatedCount = 0
    private(set) var contradictedCount = 0
    private(set) var losses = LossList()
    private(set) var statements: [InteractionRuleRow] = []
    private var numbers: [String: UInt32] = [:]
    private var rows: [(key: UInt64, statement: UInt32)] = []

    init(_ mapping: PairMapping, base: KnowledgeBase) {
        self.mapping = mapping
        self.base = base
    }

    mutating func read(_ path: String, crosswalk: [String: String]?, progress: (ImportProgress) -> Void) throws(KnowledgeImportError) {
        var file = try DelimitedFile(
            path, delimiter: mapping.delimiter, isQuoted: mapping.delimiter != UInt8(ascii: "|"), isLatin: mapping.isLatin)
        let columns = try DeclaredColumns(mapping.columns, in: &file, hasHeader: mapping.hasHeader)
        var matcher = IngredientMatcher(mapping, crosswalk: crosswalk, base: base)
        while try file.next() {
            readCount += 1
            if readCount.isMultiple(of: 250_000) {
                let percent = file.byteCount > 0 ? min(100, file.bytesRead * 100 / file.byteCount) : nil
                progress(.init(step: "reading \(path), \(readCount) rows", percent: percent))
            }
            row(file, columns, &matcher)
        }
    }

    private mutating func row(_ file: DelimitedFile, _ columns: DeclaredColumns, _ matcher: inout IngredientMatcher) {
        let word = file.text(columns["severity"])
        guard let declared = mapping.severities[word] ?? mapping.severities[word.lowercased()] else {
            losses.add("the word for the severity is not declared", word, line: file.line)
            return
        }
        guard let severity = declared else {
            skippedCount += 1
            return
        }
        let one = file.text(columns["a"])
        let other = file.text(columns["b"])
        switch (matcher.find(one), matcher.find(other)) {
        case (.found(let a), .found(let b)) where a == b:
            losses.add("both sides are one ingredient", one, line: file.line)
        case (.found(let a), .found(let b)):
            let key = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
            rows.append((key, statement(file, columns, severity)))
        case (.lost(let why), _): losses.add(why, one, line: file.line)
        case (_, .lost(let why)): losses.add(why, other, line: file.line)
        }
    }

    private mutating func statement(_ file: DelimitedFile, _ columns: DeclaredColumns, _ severity: Severity) -> UInt32 {
        let id = file.text(columns["id"])
        let effect = file.text(columns["effect"])
        let mechanism = file.text(columns["mechanism"])
        let management = file.text(columns["management"])
        let evidence = file.text(columns["evidence"])
        let key = [severity.rawValue, id, effect, mechanism, management, evidence].joined(separator: "\u{1F}")
        if let number = numbers[key] { return number }
        let number = UInt32(truncatingIfNeeded: statements.count)
        numbers[key] = number
        statements.append(
            InteractionRuleRow(
                id: "\(mapping.name.uppercased())-\(id.isEmpty ? String(statements.count + 1) : id)", a: .other(kind: "pair", name: ""),
                aName: "", b: .other(kind: "pair", name: ""), bName: "", severity: severity, effect: effect, mechanism: mechanism,
                management: management, evidence: evidence))
        return number
    }

    /// The pairs in order, each once: where a source contradicts itself the more severe row counts, and is counted.
    mutating func pack() throws(KnowledgeImportError) -> PackedPairs {
        rows.sort { left, right in
            if left.key != right.key { return left.key < right.key }
            let (one, other) = (statements[Int(left.statement)].severity, statements[Int(right.statement)].severity)
            return one != other ? one > other : left.statement < right.statement
        }
        var keys: [UInt64] = []
        keys.reserveCapacity(rows.count)
        var chosen: [UInt32] = []
        chosen.reserveCapacity(rows.count)
        for row in rows {
            if keys.last == row.key, let first = chosen.last {
                if statements[Int(first)].severity == statements[Int(row.statement)].severity {
                    repeatedCount += 1
                } else {
                    contradictedCount += 1
                }
                continue
            }
            keys.append(row.key)
            chosen.append(row.statement)
        }
        rows = []
        numbers = [:]
        guard let pairs = PackedPairs(keys: keys, statements: chosen) else {
            throw .malformed(path: mapping.name, line: 0, why: "a source may speak of 65,536 ingredients, and this one has more")
        }
        return pairs
    }
}

/// Where the declared columns stand in a file.
struct DeclaredColumns {
    private var places: [String: Int] = [:]

    /// Reads the header where there is one.
    init(_ columns: [String: String], in file: inout DelimitedFile, hasHeader: Bool) throws(KnowledgeImportError) {
        var header: [String: Int] = [:]
        if hasHeader {
            guard try file.next() else { throw .malformed(path: file.path, line: 1, why: "the file is empty") }
            for cell in (0..<file.cellCount).reversed() { header[file.text(cell)] = cell }
        }
        for (name, column) in columns.sorted(by: { $0.key < $1.key }) {
            if let place = header[column] {
                places[name] = place
            } else if let number = Int(column), number > 0, number < 10_000 {
                places[name] = number - 1
            } else {
                let known = header.sorted { $0.value < $1.value }.map(\.key).joined(separator: ", ")
                throw .malformed(
                    path: file.path, line: 1, why: "there is no column `\(column)`, which the mapping declares for \(name); there are: \(known)")
            }
        }
    }

    /// -1, which no record has, where the column was not declared.
    subscript(_ name: String) -> Int { places[name] ?? -1 }
}
