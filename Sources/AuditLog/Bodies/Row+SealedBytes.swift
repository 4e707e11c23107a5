import Crypto
import GRDB

extension Row {
    /// Two columns as sealed bytes; `nil` where they are none.
    func sealedBytes(fingerprint: Int, bytes: Int) -> SealedBytes? {
        guard let name = text(fingerprint), case .blob(let data) = (self[bytes] as DatabaseValue).storage,
            let box = try? AES.GCM.SealedBox(combined: data)
        else { return nil }
        return SealedBytes(fingerprint: name, box: box)
    }
}

extension JournalDatabase {
    /// Opens sealed bytes, with the journal's words where they do not open.
    func opened(
        _ keys: EncryptionKeys, _ sealed: SealedBytes, for place: [String], called name: String
    ) throws(JournalError) -> [UInt8] {
        do throws(SealedBytesError) {
            return try keys.open(sealed, for: place)
        } catch {
            switch error {
            case .otherKey(let fingerprint): throw JournalError(path, .otherEncryptionKey(fingerprint))
            case .damaged: throw JournalError(path, .sealBroken(name))
            }
        }
    }
}
