import Clinical
import Documents

/// What a sweep has finished, on disk, so that a run which was killed goes on from there.
struct Checkpoint: Sendable {
    private let work: WorkFolder

    private static let planFile = "plan"
    /// Names all that results depend on but the patient's own data.
    static let basisFile = "basis"
    private static let groupedFile = "grouped.json"
    private static let inputRejectsFile = "rejects-input"

    /// - Parameters:
    ///   - plan: names everything that the results depend on.
    ///   - restarts: drops what is there, whatever it is.
    /// - Throws: ``SweepError`` where the folder holds another sweep that is not finished.
    init(_ work: WorkFolder, plan: String, restarts: Bool) throws(SweepError) {
        self.work = work
        if work.exists(Self.planFile) {
            let known = (try? SourceFile.bytes(of: work.path(Self.planFile))).map { String(decoding: $0, as: UTF8.self) }
            if known == plan && !restarts { return }
            guard restarts || work.exists("complete") else {
                throw SweepError(
                    """
                    `\(work.root)` holds an unfinished sweep of other inputs, rules, knowledge or dates. Give another --out, or --restart \
                    to drop it
                    """)
            }
            for name in work.names(beginningWith: "") where ![".", "..", "lock"].contains(name) { work.remove(name) }
        }
        try work.write(Array(plan.utf8), to: Self.planFile)
    }

    // MARK: Grouping

    func grouped() throws(SweepError) -> GroupedInput? {
        guard work.exists(Self.groupedFile) else { return nil }
        guard let bytes = try? SourceFile.bytes(of: work.path(Self.groupedFile)), let document = try? JSONDocument(parsing: bytes),
            let types = document.root["types"], let read = document.root["linesRead"]?.int,
            let unread = document.root["linesUnread"]?.int, let size = document.root["bytes"]?.int
        else { throw SweepError("`\(work.path(Self.groupedFile))` is damaged; run the sweep again with --restart") }
        var grouped = GroupedInput()
        for type in types.elements { if let name = type.string { grouped.types.insert(name) } }
        grouped.linesRead = read
        grouped.linesUnread = unread
        grouped.bytes = size
        grouped.rejects = try rejects(in: Self.inputRejectsFile)
        return grouped
    }

    func write(_ grouped: GroupedInput) throws(SweepError) {
        try work.write(grouped.rejects.flatMap(\.json), to: Self.inputRejectsFile)
        var writer = JSONWriter()
        writer.object { object in
            object.member("types") { $0.array { list in for type in grouped.types.sorted() { list.element(string: type) } } }
            object.member("linesRead", int: grouped.linesRead)
            object.member("linesUnread", int: grouped.linesUnread)
            object.member("bytes", int: grouped.bytes)
        }
        try work.write(writer.bytes, to: Self.groupedFile)
    }

    // MARK: Parts

    func hasPart(_ number: Int) -> Bool { work.exists("part-\(number)") }

    /// Keeps the results of a part; its rejects first, for the part's file says that it is done.
    func writePart(_ number: Int, results: [UInt8], rejects: [RejectedLine]) throws(SweepError) {
        if !rejects.isEmpty { try work.write(rejects.flatMap(\.json), to: "rejects-\(number)") }
        try work.write(results, to: "part-\(number)")
    }

    /// Calls `body` with each patient of a part, in order.
    func forEachPatient(inPart number: Int, _ body: (PatientResults) throws(SweepError) -> Void) throws(SweepError) {
        guard let file = try MappedFile(work.path("part-\(number)")) else {
            throw SweepError("`\(work.path("part-\(number)"))` has gone; run the sweep again with --restart")
        }
        let block = LineBlock(input: 0, firstLine: 1, bytes: Array(file.bytes), isDocument: false)
        try block.forEachLine { (line, _) throws(SweepError) in
            guard let document = try? JSONDocument(parsing: Array(line)), let patient = PatientResults(document.root) else {
                throw SweepError("`\(work.path("part-\(number)"))` is damaged; run the sweep again with --restart")
            }
            try body(patient)
        }
    }

    func rejects(inPart number: Int) throws(SweepError) -> [RejectedLine] {
        work.exists("rejects-\(number)") ? try rejects(in: "rejects-\(number)") : []
    }

    private func rejects(in name: String) throws(SweepError) -> [RejectedLine] {
        guard let file = try MappedFile(work.path(name)) else { return [] }
        var rejects: [RejectedLine] = []
        let block = LineBlock(input: 0, firstLine: 1, bytes: Array(file.bytes), isDocument: false)
        try block.forEachLine { (line, _) throws(SweepError) in
            guard let document = try? JSONDocument(parsing: Array(line)), let reject = RejectedLine(document.root) else {
                throw SweepError("`\(work.path(name))` is damaged; run the sweep again with --restart")
            }
            rejects.append(reject)
        }
        return rejects
    }

    // MARK: The end

    /// Removes patient data that is no longer needed.
    func removeSpills(_ spill: Spill) {
        for name in work.names(beginningWith: "spill-") { work.remove(name) }
    }

    /// Notes that the sweep is finished.
    ///
    /// - Parameters:
    ///   - basis: under which its results may be used again.
    ///   - asOf: the instant since which they hold.
    func complete(basis: SweepBasis, asOf: AsOf) throws(SweepError) {
        try work.write(Array("\(basis.text)\n\(asOf.instant.milliseconds)".utf8), to: Self.basisFile)
        try work.write([], to: "complete")
    }
}
