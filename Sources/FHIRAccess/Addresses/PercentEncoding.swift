/// A text of a URL with all that may not stand in one encoded, such as the `|` of `system|code`; escapes that are there already
/// stay as they are.
///
/// - Source: RFC 3986 §2.1.
func percentEncoded(_ text: some StringProtocol) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let forbidden = Set("\"<>\\^`{|}".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        if byte > 0x20, byte < 0x7F, !forbidden.contains(byte) {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
