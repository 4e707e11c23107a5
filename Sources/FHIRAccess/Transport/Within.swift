/// The result of `work`, or `FetchFailure.timedOut` where it takes longer than `limit`.
///
/// The work is cancelled then, and must heed that: its end is awaited.
func within<Value: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async throws(FetchFailure) -> Value
) async throws(FetchFailure) -> Value {
    let result = await withTaskGroup(of: Result<Value, FetchFailure>.self) { group in
        group.addTask { () async -> Result<Value, FetchFailure> in
            do throws(FetchFailure) { return .success(try await work()) } catch { return .failure(error) }
        }
        group.addTask {
            // Sleeping ends early only when the other was quicker, or the caller gave up.
            do { try await Task.sleep(for: limit) } catch { return .failure(.cancelled) }
            return .failure(.timedOut)
        }
        let first = await group.next() ?? .failure(.cancelled)
        group.cancelAll()
        return first
    }
    return try result.get()
}
