public import Documents

/// Finds rule files: the edge at which the rule language meets a disk.
public enum RuleFolder {
    /// The YAML files at some paths, and FHIR value sets in `*.valueset.json`, folders searched all the way down, hidden ones left out; by name.
    ///
    /// - Throws: `SourceFileError` where a path cannot be read.
    public static func sources(at paths: [String]) throws(SourceFileError) -> [Source] {
        var sources: [Source] = []
        for file in try files(at: paths) { sources.append(try SourceFile.read(file)) }
        return sources
    }

    /// The paths of those files, unread.
    public static func files(at paths: [String]) throws(SourceFileError) -> [String] {
        var files: [String] = []
        for path in paths { files += try SourceFile.files(under: path, endings: [".yaml", ".yml", ValueSetReader.ending]) }
        return files
    }
}
