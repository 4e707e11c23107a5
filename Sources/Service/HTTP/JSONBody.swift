import HTTPTypes
import Hummingbird
import Intake

/// Reads the body of a call as the bytes of JSON text, refusing what is not declared as such or is too long.
///
/// No decoding here: the bytes go to the hook's own reader as they came.
struct JSONBody {
    /// The longest body that is read.
    let limit: Int

    /// What is set aside at once for a body by its declared length; more comes as it arrives.
    private static let advance = 1 << 20

    /// The bytes of the body.
    ///
    /// - Parameters:
    ///   - place: where they count among those of all requests.
    ///   - format: in what they come, where that is not JSON.
    /// - Throws: `HTTPProblem` with 415 for another media type or a compressed body, 413 where it is longer than the limit
    ///   (by its declared length before anything is read, by count otherwise), 400 where it breaks off, 503 where the bodies of all
    ///   requests together take too much.
    func bytes(
        of request: Request, in place: RequestLoad.Place?, as format: (any ForeignFormat.Type)? = nil
    ) async throws(HTTPProblem) -> [UInt8] {
        try checkCoding(request.headers)
        if format == nil { try checkMediaType(request.headers) }
        let declared = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard declared <= limit else { throw .tooLarge(limit: limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(max(0, declared), Self.advance))
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= limit else { throw HTTPProblem.tooLarge(limit: limit) }
                guard place?.take(bytes: buffer.readableBytes) ?? true else { throw HTTPProblem.overloaded }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let problem as HTTPProblem {
            throw problem
        } catch {
            throw .interrupted
        }
        return bytes
    }

    /// The format of a body that is declared as none of JSON; what the bytes are in themselves counts for nothing here.
    func format(of request: Request) -> (any ForeignFormat.Type)? {
        guard let stated = request.headers[.contentType], stated != "application/json" else { return nil }
        return stated.lowercased().split(separator: ";").first.flatMap { FormatCatalog.foreignFormat(mediaType: $0.trimmingBlanks) }
    }

    private func checkCoding(_ headers: HTTPFields) throws(HTTPProblem) {
        if let coding = headers[.contentEncoding]?.lowercased(), coding != "identity" { throw .contentCoding }
    }

    /// Accepts `application/json` and `application/*+json`, without a charset or with UTF-8; RFC 8259 §8.1, §11.
    private func checkMediaType(_ headers: HTTPFields) throws(HTTPProblem) {
        guard let stated = headers[.contentType] else { throw .mediaType }
        if stated == "application/json" { return }
        let parts = stated.lowercased().split(separator: ";").map { $0.trimmingBlanks }
        guard let essence = parts.first, essence == "application/json" || isJSONSuffixed(essence) else { throw .mediaType }
        for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
            let charset = parameter.dropFirst("charset=".count).filter { $0 != "\"" }
            guard charset == "utf-8" || charset == "utf8" else { throw .mediaType }
        }
    }

    private func isJSONSuffixed(_ essence: Substring) -> Bool {
        essence.hasPrefix("application/") && essence.hasSuffix("+json")
    }
}

extension Substring {
    /// Without blanks and tabs at either end.
    fileprivate var trimmingBlanks: Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
