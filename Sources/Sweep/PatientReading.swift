import Clinical
import Documents
import Intake

/// Reads the lines of one patient into a snapshot, through the reader that the service uses.
struct PatientReading {
    let asOf: AsOf
    let shared: SharedResources
    /// Sections that the input can hold.
    let sections: Set<RecordSection>
    let observationCodes: CodeFilter?
    /// What is read as events, for measures.
    let eventKinds: Set<RecordEvent.Kind>
    let eventCodes: [RecordEvent.Kind: CodeFilter]
    /// False where only measures are swept.
    let readsRecord: Bool
    let inputNames: [String]
    /// Sections of which something was lost that may be anybody's.
    var lost: Set<RecordSection> = []
    /// Why any part of the record may be incomplete.
    var shortfall: String?

    /// What was read of one patient.
    struct Outcome {
        let snapshot: Snapshot
        let site: String
        let rejects: [RejectedLine]
    }

    /// - Parameter horizon: told until when the snapshot holds.
    func read(_ lines: PatientLines, of part: SpillPart, horizon: Horizon? = nil) -> Outcome {
        var reader = FHIRReader(
            asOf: asOf, patientID: lines.id, observationCodes: observationCodes, eventKinds: eventKinds,
            eventCodes: eventCodes, readsRecord: readsRecord)
        reader.horizon = horizon
        var rejects: [RejectedLine] = []
        var damaged: Set<RecordSection> = []
        var site: String?
        let bundles = lines.records.filter { part.isBundle($0) }
        let resources = bundles.isEmpty ? part.needed(lines.records) : lines.records.filter { !part.isBundle($0) }

        for record in bundles {
            switch Self.parse(part.bytes(of: record)) {
            case .success(let document):
                reader.readBundle(document.root)
                site = site ?? Self.site(in: document.root["entry"], at: "resource")
            case .failure(let error):
                rejects.append(reject(record, error, InputLoss(types: [], isAnyones: false)))
                damaged.formUnion(RecordSection.allCases)
            }
        }
        if !resources.isEmpty {
            let (document, bad) = joined(resources, of: part)
            for (record, error) in bad {
                let type = part.type(of: record)
                let loss = InputLoss(types: InputLoss.sections(of: type).isEmpty ? [] : [type], isAnyones: false)
                rejects.append(reject(record, error, loss))
                damaged.formUnion(loss.sections)
            }
            if document == nil { damaged.formUnion(RecordSection.allCases) }
            if let document {
                reader.readBundle(document.root)
                site = site ?? Self.site(in: document.root, at: nil)
            }
            if bundles.isEmpty {
                let why = "the input holds no data of this kind"
                for section in RecordSection.allCases where !sections.contains(section) { reader.setSupply(section, .failed(why: why)) }
            }
        }
        if let shortfall { for section in RecordSection.allCases { reader.setSupply(section, .partial(why: shortfall)) } }
        for section in lost { reader.setSupply(section, .partial(why: "data of this kind were lost with a damaged line or file of the input")) }
        for section in damaged { reader.setSupply(section, .partial(why: "a line of the input could not be read")) }
        return Outcome(snapshot: reader.finish().snapshot, site: site ?? "", rejects: rejects)
    }

    // MARK: Lines as one document

    /// All resources as the elements of one array: one parse, one index.
    private func joined(
        _ records: [SpillRecord], of part: SpillPart
    ) -> (document: JSONDocument?, bad: [(SpillRecord, JSONError)]) {
        if let whole = document(of: records, in: part) { return (whole, []) }
        // Some line is damaged: each by itself tells which.
        var good: [SpillRecord] = []
        var bad: [(SpillRecord, JSONError)] = []
        for record in records {
            switch Self.parse(part.bytes(of: record)) {
            case .success: good.append(record)
            case .failure(let error): bad.append((record, error))
            }
        }
        return (document(of: good, in: part), bad)
    }

    /// The lines and what they refer to; nothing where one of them is damaged, alone or so that it runs into the next.
    private func document(of records: [SpillRecord], in part: SpillPart) -> JSONDocument? {
        let (bytes, count) = array(of: records, in: part)
        guard let document = try? JSONDocument(parsing: bytes, limits: JSONLimits(size: JSONLimits.greatestSize)), document.root.count == count
        else { return nil }
        return document
    }

    private func array(of records: [SpillRecord], in part: SpillPart) -> (bytes: [UInt8], count: Int) {
        var bytes: [UInt8] = []
        var size = 2
        for record in records { size += record.bytes.count + 1 }
        bytes.reserveCapacity(size)
        bytes.append(UInt8(ascii: "["))
        var places: [Int] = []
        for record in records {
            let line = part.bytes(of: record)
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: line)
            places += shared.references(in: line)
        }
        var seen: Set<Int> = []
        var count = records.count
        for place in places where seen.insert(place).inserted {
            guard let resource = shared.bytes(at: place) else { continue }
            count += 1
            bytes.append(UInt8(ascii: ","))
            bytes.append(contentsOf: resource)
        }
        bytes.append(UInt8(ascii: "]"))
        return (bytes, count)
    }

    private static func parse(_ line: UnsafeRawBufferPointer) -> Result<JSONDocument, JSONError> {
        do throws(JSONError) {
            return .success(try JSONDocument(parsing: Array(line), limits: JSONLimits(size: LineBlocks.lineLimit)))
        } catch {
            return .failure(error)
        }
    }

    private func reject(_ record: SpillRecord, _ error: JSONError, _ loss: InputLoss) -> RejectedLine {
        let name = inputNames.indices.contains(record.input) ? inputNames[record.input] : "?"
        return RejectedLine(file: name, line: record.line, reason: "not JSON: \(error.message)", loss: loss)
    }

    /// The organization that manages the patient, as the Patient resource refers to it.
    private static func site(in list: JSONNode?, at key: StaticString?) -> String? {
        guard let list else { return nil }
        for item in list.elements {
            let resource = key.map { item[$0] } ?? item
            if let resource, resource["resourceType"]?.equals("Patient") == true {
                return resource["managingOrganization"]?["reference"]?.string
            }
        }
        return nil
    }
}
