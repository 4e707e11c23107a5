/// How an attempt to load another edition ended.
enum ReloadOutcome: String, Sendable, CaseIterable {
    /// Another edition answers now, or the same one loaded anew.
    case reloaded
    /// What was found is not whole; the edition loaded before goes on.
    case refused
    /// Another attempt was under way.
    case busy
}
