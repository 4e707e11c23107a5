import GRDB

/// Integers as little-endian bytes in a BLOB, and back.
enum PackedBytes {
    static func bytes<Value: FixedWidthInteger>(_ values: [Value]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * MemoryLayout<Value>.size)
        values.withUnsafeBufferPointer { values in
            for value in values { withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) } }
        }
        return bytes
    }

    /// - Returns: `nil` where the bytes are no whole number of values.
    static func values<Value: FixedWidthInteger>(_ bytes: some Collection<UInt8>, as type: Value.Type) -> [Value]? {
        let size = MemoryLayout<Value>.size
        let plain = ContiguousArray(bytes)
        guard plain.count.isMultiple(of: size) else { return nil }
        return plain.withUnsafeBytes { raw in
            [Value](unsafeUninitializedCapacity: plain.count / size) { values, count in
                count = plain.count / size
                for place in 0..<count {
                    values.initializeElement(
                        at: place, to: Value(littleEndian: raw.loadUnaligned(fromByteOffset: place * size, as: Value.self)))
                }
            }
        }
    }

    /// The bytes as the type that GRDB stores as a BLOB, which is told by its own case and not named here.
    static func argument(_ bytes: [UInt8]) -> some DatabaseValueConvertible {
        blob(bytes, storedBy: DatabaseValue.Storage.blob)
    }

    private static func blob<Blob: RangeReplaceableCollection<UInt8>>(
        _ bytes: [UInt8], storedBy storage: (Blob) -> DatabaseValue.Storage
    ) -> Blob {
        Blob(bytes)
    }
}

extension KnowledgeLoader {
    /// The BLOB of a column; `nil` for anything else.
    static func blob<Value: FixedWidthInteger>(_ row: Row, _ column: Int, as type: Value.Type) -> [Value]? {
        guard case .blob(let bytes) = (row[column] as DatabaseValue).storage else { return nil }
        return PackedBytes.values(bytes, as: type)
    }
}
