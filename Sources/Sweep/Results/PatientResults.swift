import CareGaps
import Clinical
import Documents

/// All results of one patient, and what else a report needs of it.
struct PatientResults {
    let patient: String
    /// The organization that manages the patient, as `Organization/id`; empty where none is named.
    let site: String
    /// A digest of everything that was read of the patient; the same data give the same.
    let digest: String
    let results: [CareGapResult]
    /// The same as they stand in a part, where they were read from one.
    let written: [ArraySlice<UInt8>]
    /// The first instant at which any of it may come out otherwise, though the data stay; nothing where none does.
    let until: Instant?

    /// One line of a part: the patient with all results.
    func write(to bytes: inout [UInt8]) {
        var writer = JSONWriter()
        writer.object { object in
            object.member("patient", string: patient)
            object.member("site", string: site)
            object.member("digest", string: digest)
            object.member("until", string: until.map { "\($0.milliseconds)" })
            object.member("results") { $0.array { array in for result in results { array.element { result.write(to: &$0) } } } }
        }
        bytes += writer.bytes
        bytes.append(0x0A)
    }

    init(
        patient: String, site: String, digest: String, results: [CareGapResult], written: [ArraySlice<UInt8>] = [], until: Instant? = nil
    ) {
        self.until = until
        self.written = written
        self.patient = patient
        self.site = site
        self.digest = digest
        self.results = results
    }

    init?(_ node: JSONNode) {
        guard let patient = node["patient"]?.string, let site = node["site"]?.string, let digest = node["digest"]?.string,
            let list = node["results"]
        else { return nil }
        var results: [CareGapResult] = []
        var written: [ArraySlice<UInt8>] = []
        results.reserveCapacity(list.count)
        written.reserveCapacity(list.count)
        for item in list.elements {
            guard let result = CareGapResult(item) else { return nil }
            results.append(result)
            written.append(item.rawBytes)
        }
        self.init(patient: patient, site: site, digest: digest, results: results, written: written)
    }
}
