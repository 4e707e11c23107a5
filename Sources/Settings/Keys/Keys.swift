/// Every setting there is; a key that is not listed here is not read.
///
/// To add one: a line in the extension it belongs to, its name in that extension's group, a member of ``Settings`` and the line
/// that reads it there. Help and `docs/configuration.md` follow (`VIGIL_RECORD=1` writes the latter anew).
public enum Keys {
    /// The keys of the file, in the order of help; those of a client stand apart.
    public static let groups = [listening, content, journal, limits, trust, fetching, operation]

    /// All of them.
    public static let all = groups.flatMap(\.keys)

    /// The keys of one entry of `clients`.
    public static let clients = ClientKeys.all
}
