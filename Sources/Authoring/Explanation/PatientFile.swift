public import CDSHooks
public import Clinical
public import Documents
public import Engine
import Intake
public import Knowledge

/// A patient in a file: the body of a hook call, or FHIR resources.
public enum PatientFile {
    /// The snapshot in it, read as a request's would be.
    ///
    /// Of resources without a call those with status `draft` are what is being ordered.
    ///
    /// - Throws: `HookProblem` for a call that the service would refuse.
    public static func snapshot(_ document: JSONDocument, answerer: Answerer, asOf: AsOf) throws(HookProblem) -> Snapshot {
        let root = document.root
        if let hook = root["hook"]?.string {
            let service = answerer.catalogue.services.first { $0.hook.name == hook }?.id ?? ""
            return answerer.snapshot(of: try answerer.request(service: service, body: document.bytes), asOf: asOf)
        }
        // Events too, of which measures speak.
        var reader = FHIRReader(asOf: asOf, eventKinds: Set(RecordEvent.Kind.allCases))
        reader.readBundle(root)
        var snapshot = reader.finish().snapshot
        snapshot.orders += snapshot.medications.filter { $0.use == .drafted }
        snapshot.medications.removeAll { $0.use == .drafted }
        return snapshot
    }
}

extension Answerer {
    /// An answerer for rules that are being written: its edition has no name.
    public init(trying evaluator: Evaluator) {
        self.init(evaluator: evaluator, edition: PublishedEdition(rules: "", knowledge: "", vigil: "", knowledgeVersion: ""))
    }
}
