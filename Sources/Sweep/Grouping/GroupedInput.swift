import Clinical
import Documents
import Intake
import Synchronization

/// What the first pass over the input found: the lines lie parted by patient in the spill files.
struct GroupedInput: Sendable {
    /// The types of resource of which lines or files came.
    var types: Set<String> = []
    /// The one that came last: lines of a type mostly come together.
    fileprivate var lastType = ""
    /// Lines that are patient data, and those of kinds that are not read.
    var linesRead = 0
    var linesUnread = 0
    /// Unpacked bytes.
    var bytes = 0
    var rejects: [RejectedLine] = []

    /// Sections of the record that the input can hold: those of which any line or file came.
    ///
    /// An export without a file of observations does not say that nobody has any.
    var sections: Set<RecordSection> {
        Set(types.compactMap { PatientCompartment.section(of: $0) })
    }

    /// Parts of everybody's record that are incomplete: what was lost may be anybody's.
    var lost: Set<RecordSection> {
        rejects.reduce(into: []) { if let loss = $1.loss, loss.isAnyones { $0.formUnion(loss.sections) } }
    }

    fileprivate mutating func add(_ type: String) {
        types.insert(type)
        lastType = type
    }

    mutating func merge(_ other: GroupedInput) {
        types.formUnion(other.types)
        linesRead += other.linesRead
        linesUnread += other.linesUnread
        rejects += other.rejects
    }
}

/// Parts the input by patient, on several threads.
struct Grouping: Sendable {
    let inputs: [SweepInput]
    let spill: Spill
    /// Lines that do not matter are not kept whole; nothing keeps all of them.
    var interest: ResourceInterest?
    let workers: Int
    let progress: SweepProgress

    func run() async throws(SweepError) -> GroupedInput {
        let source = BlockSource(inputs)
        let results = await withTaskGroup(of: Result<GroupedInput, SweepError>.self) { group in
            for _ in 0..<workers { group.addTask { work(source) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var grouped = GroupedInput()
        for result in results { grouped.merge(try result.get()) }
        let ending = source.ending()
        grouped.bytes = ending.bytes
        grouped.rejects += ending.damaged
        grouped.rejects.sort()
        for input in inputs {
            // A file named for a type says that the type was exported, be it empty.
            if let name = input.name.split(separator: ".").first { grouped.types.insert(String(name)) }
        }
        return grouped
    }

    private func work(_ source: BlockSource) -> Result<GroupedInput, SweepError> {
        var grouped = GroupedInput()
        var writer = SpillWriter(spill)
        var sorting = LineSorting(interest)
        do throws(SweepError) {
            while let block = try source.next() {
                try block.forEachLine { (line, number) throws(SweepError) in
                    try place(line, number, of: block.input, &sorting, &grouped, &writer)
                }
                progress.add(bytesRead: block.bytes.count, storedRead: source.storedRead)
            }
            try writer.finish()
            return .success(grouped)
        } catch {
            source.stop()
            return .failure(error)
        }
    }

    private func place(
        _ line: UnsafeRawBufferPointer, _ number: Int, of input: Int, _ sorting: inout LineSorting, _ grouped: inout GroupedInput,
        _ writer: inout SpillWriter
    ) throws(SweepError) {
        let (owner, kept) = sorting.place(of: line)
        switch owner {
        case .patient(let id, let type):
            if kept == nil, DamagedLine.mayHoldSeveral(line), let damage = Self.damage(of: line) {
                return try setAside(line, number, of: input, damage, &grouped, &writer)
            }
            grouped.linesRead += 1
            if type != grouped.lastType { grouped.add(type) }
            try writer.add(line, kept: kept, patient: id, type: type, input: input, number: number)
        case .bundle(let patient):
            grouped.linesRead += 1
            try writer.add(line, patient: patient, type: "Bundle", input: input, number: number)
        case .shared(let type, let id):
            // It is read with the lines of others, who must not be lost with it.
            guard let damage = Self.damage(of: line) else {
                grouped.linesRead += 1
                return try writer.add(shared: line, type: type, id: id, input: input, number: number)
            }
            try setAside(line, number, of: input, damage, &grouped, &writer)
        case .unread:
            grouped.linesUnread += 1
        case .unknown(let why):
            guard let damage = Self.damage(of: line) else {
                return grouped.rejects.append(
                    RejectedLine(file: inputs[input].name, line: number, reason: why, loss: InputLoss(unclaimed: line)))
            }
            try setAside(line, number, of: input, damage, &grouped, &writer)
        }
    }

    /// Why a line is no resource; nothing where it is one, whoever it belongs to.
    private static func damage(of line: UnsafeRawBufferPointer) -> (why: String, isJSON: Bool)? {
        do throws(JSONError) {
            let document = try JSONDocument(parsing: Array(line), limits: JSONLimits(size: LineBlocks.lineLimit))
            return document.root["resourceType"]?.string == nil ? (why: "no resource: it has no resourceType", isJSON: true) : nil
        } catch {
            return (why: "not JSON: \(error.message)", isJSON: false)
        }
    }

    /// Notes a line that is damaged. It goes to its patient, where it still names one: read there, it fails, and what it
    /// held counts as incomplete; else it may be anybody's.
    private func setAside(
        _ line: UnsafeRawBufferPointer, _ number: Int, of input: Int, _ damage: (why: String, isJSON: Bool), _ grouped: inout GroupedInput,
        _ writer: inout SpillWriter
    ) throws(SweepError) {
        let name = inputs[input].name
        let damaged = DamagedLine(line)
        if let patient = damaged.patient, !damage.isJSON {
            let type = damaged.types.first ?? InputLoss.type(inName: name) ?? ""
            grouped.linesRead += 1
            if !type.isEmpty { grouped.add(type) }
            return try writer.add(line, patient: patient, type: type, input: input, number: number)
        }
        let read = damaged.types.filter { !InputLoss.sections(of: $0).isEmpty }
        let ofFile = InputLoss(file: name)
        var loss = ofFile
        if read.contains("Bundle") {
            loss = InputLoss(types: [], isAnyones: true)
        } else if !read.isEmpty {
            loss = InputLoss(types: read, isAnyones: true)
        } else if !damaged.types.isEmpty, ofFile?.types.isEmpty == true {
            // Of a kind that is not read, in a file of any kind.
            loss = nil
        }
        grouped.rejects.append(RejectedLine(file: name, line: number, reason: damage.why, loss: loss))
    }
}

/// Hands out the blocks of the input to several workers.
private final class BlockSource: Sendable {
    private struct State {
        var blocks: LineBlocks
        var isStopped = false
    }

    private let state: Mutex<State>
    private let names: [String]

    init(_ inputs: [SweepInput]) {
        names = inputs.map(\.name)
        state = Mutex(State(blocks: LineBlocks(inputs)))
    }

    func next() throws(SweepError) -> LineBlock? {
        try state.withLock { state throws(SweepError) in
            state.isStopped ? nil : try state.blocks.nextBlock()
        }
    }

    /// Bytes read so far, as stored.
    var storedRead: Int { state.withLock(\.blocks.storedRead) }

    /// Lets the other workers end after a failure.
    func stop() {
        state.withLock { $0.isStopped = true }
    }

    func ending() -> (bytes: Int, damaged: [RejectedLine]) {
        state.withLock { state in
            (state.blocks.bytesRead, state.blocks.damaged.map { RejectedLine(file: names[$0.input], line: $0.line, reason: $0.why, loss: InputLoss(file: names[$0.input])) })
        }
    }
}
