import Documents
import Intake
import RuleLanguage

/// Finds the bundle that a test names with `fhir: FILE`, beside the rule file.
///
/// A message or document of another format becomes one. What it does not speak of counts as none, as everything does that a test
/// does not tell.
enum RecordFile {
    static func read(_ file: String?, beside test: RuleTest) throws(RecordFileError) -> [UInt8]? {
        guard let file else { return nil }
        let folder = test.file.lastIndex(of: "/").map { String(test.file[...$0]) } ?? ""
        let bytes: [UInt8]
        do {
            bytes = try SourceFile.bytes(of: file.hasPrefix("/") ? file : folder + file)
        } catch {
            throw RecordFileError(error.message, file: file, test: test)
        }
        guard let format = FormatCatalog.foreignFormat(of: bytes) else { return bytes }
        do throws(FormatError) {
            return try format.record(of: bytes, part: nil).bundle.bytes
        } catch {
            throw RecordFileError(error.message, file: file, test: test)
        }
    }
}

/// Why the record file of a test cannot be used.
struct RecordFileError: Error {
    let diagnostic: Diagnostic

    init(_ message: String, file: String?, test: RuleTest) {
        diagnostic = Diagnostic(
            code: "V402", message: message, file: test.file, range: Self.place(of: file, in: test) ?? test.range,
            help: ["`fhir:` names a JSON file beside the rule file"])
    }

    private static func place(of file: String?, in test: RuleTest) -> SourceRange? {
        test.given?.placedEntries?.first { $0.key.text == "fhir" }?.value.range
    }
}
