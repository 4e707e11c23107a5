import Clinical
import ServiceLifecycle

/// Reloads when the files of rules or knowledge have changed, and when a new day begins, for rules have dates.
///
/// It looks at sizes and times, not into the files, and waits until they have stayed the same from one look to the next: a
/// folder that is being copied is loaded once, when it is whole. Files that were refused are not tried again before they change.
///
/// Where files are not watched it reloads for one reason alone: an override that counted has ended, and must not go on counting.
struct EditionWatcher: Service {
    let reloading: Reloading
    let clock: RequestClock
    let interval: Duration
    var watchesFiles = true

    func run() async throws {
        var before = reloading.editions.state.stamps
        while await pause() {
            let now = watchesFiles ? reloading.editions.stamps() : before
            if let cause = cause(now), now == before { _ = await reloading.attempt(cause: cause) }
            before = now
        }
    }

    /// Why to load another edition, in words; nothing where there is no reason.
    private func cause(_ now: [FileStamp]) -> String? {
        let state = reloading.editions.state
        let today = clock.now().today
        if watchesFiles, now != state.stamps { return "change of files" }
        guard today != state.attempted.today else { return nil }
        if state.edition.holdsOverrides(endedBy: today) { return "an override has ended" }
        return watchesFiles ? "a new day" : nil
    }

    /// Waits for the next look; false where the service is to stop.
    private func pause() async -> Bool {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
            return true
        } catch {
            return false
        }
    }
}
