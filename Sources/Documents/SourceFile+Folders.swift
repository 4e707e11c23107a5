#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension SourceFile {
    /// How deep folders are searched.
    private static let deepest = 32

    /// The files at a path whose names end in one of `endings`, folders searched all the way down; sorted by path.
    ///
    /// A path that is a file is given back whatever its ending. Names that begin with a point are left out.
    public static func files(under path: String, endings: [String]) throws(SourceFileError) -> [String] {
        guard !path.utf8.contains(0) else { throw SourceFileError(path: path, problem: .notFound) }
        guard try isFolder(path) else { return [path] }
        var files: [String] = []
        try search(path, endings: endings, depth: 0, into: &files)
        return files.sorted()
    }

    /// Where a path leads, however it is spelled: absolute, without `.`, `..` and links; the path itself where nothing is there.
    public static func place(of path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func isFolder(_ path: String) throws(SourceFileError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { throw SourceFileError(path: path, system: errno) }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    private static func search(
        _ folder: String, endings: [String], depth: Int, into files: inout [String]
    ) throws(SourceFileError) {
        guard depth < deepest else { throw SourceFileError(path: folder, system: ELOOP) }
        guard let directory = opendir(folder) else { throw SourceFileError(path: folder, system: errno) }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            if try isFolder(path) {
                try search(path, endings: endings, depth: depth + 1, into: &files)
            } else if endings.contains(where: { name.hasSuffix($0) }) {
                files.append(path)
            }
        }
    }
}
