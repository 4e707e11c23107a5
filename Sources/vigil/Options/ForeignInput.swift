import Documents
import Intake

/// A message or document that a command reads in the place of FHIR.
enum ForeignInput {
    /// What it says, as FHIR.
    ///
    /// - Throws: `Outcome.findings` where it cannot be read; why has been printed, with the place.
    static func record(of bytes: [UInt8], in format: any ForeignFormat.Type, part: String?, path: String) throws -> ConvertedRecord {
        do throws(FormatError) {
            return try format.record(of: bytes, part: part)
        } catch {
            let refusal = Diagnostic(
                code: format.name, message: error.message, file: path,
                range: error.offset.map { SourceRange(start: $0, end: $0) })
            Output.note(text(of: [refusal], in: Source(name: path, bytes: bytes)))
            throw Outcome.findings
        }
    }

    /// Notes as diagnostics, each named by its place in the format.
    static func text(of notes: [IntakeNote], in source: Source) -> String {
        text(of: notes.map { Diagnostic(code: $0.what, severity: .note, message: $0.why, file: source.name, range: $0.range) }, in: source)
    }

    /// No line of the text is shown: it is a patient's.
    private static func text(of diagnostics: [Diagnostic], in source: Source) -> String {
        DiagnosticRenderer(format: .concise).render(diagnostics, sources: [source.name: source])
    }
}
