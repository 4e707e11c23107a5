import Clinical
import Documents
import Knowledge

/// Reads a FHIR ValueSet that lists its codes, as servers and measures hand them out.
///
/// - Source: FHIR R4, valueset: the expansion, else the concepts of `compose.include`. A set that is told by filters or by
///   other sets needs a terminology server, and is refused rather than read in part.
enum ValueSetReader {
    /// The end of the names of such files.
    static let ending = ".valueset.json"

    /// The codes, or why there are none.
    static func codes(of source: Source) -> Result<[CodeMatch], ValueSetProblem> {
        guard let document = try? JSONDocument(parsing: source.bytes) else { return .failure(ValueSetProblem("it is no JSON")) }
        let root = document.root
        guard root["resourceType"]?.string == "ValueSet" else { return .failure(ValueSetProblem("it is no ValueSet of FHIR")) }
        var codes: [CodeMatch] = []
        if let expansion = root["expansion"] {
            collect(expansion["contains"], into: &codes, depth: 0)
        } else {
            for include in root["compose"]?["include"]?.elements.map(\.self) ?? [] {
                guard include["filter"] == nil, include["valueSet"] == nil, let concepts = include["concept"] else {
                    return .failure(ValueSetProblem("it is told by a filter or by other sets; expand it first"))
                }
                guard let system = include["system"]?.string else { return .failure(ValueSetProblem("an `include` names no system")) }
                for concept in concepts.elements {
                    if let code = concept["code"]?.string { codes.append(CodeMatch(system: CodeSystem(system), code: code)) }
                }
            }
            if root["compose"]?["exclude"] != nil { return .failure(ValueSetProblem("it excludes codes; expand it first")) }
        }
        return codes.isEmpty ? .failure(ValueSetProblem("it lists no codes")) : .success(codes)
    }

    /// Codes of an expansion, those within others included.
    private static func collect(_ node: JSONNode?, into codes: inout [CodeMatch], depth: Int) {
        guard let node, depth < 64 else { return }
        for item in node.elements {
            if item["abstract"]?.bool != true, let system = item["system"]?.string, let code = item["code"]?.string {
                codes.append(CodeMatch(system: CodeSystem(system), code: code))
            }
            collect(item["contains"], into: &codes, depth: depth + 1)
        }
    }
}

/// Why a value set cannot be used.
struct ValueSetProblem: Error {
    let why: String

    init(_ why: String) { self.why = why }
}
