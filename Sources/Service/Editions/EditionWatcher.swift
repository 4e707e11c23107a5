import Clinical
import ServiceLifecycle

/// Reloads when the files of rules or knowledge have changed, and when a new day begins, for rules have dates.
///
/// It looks at sizes and times, not into the files, and waits until they have stayed the same from one look to the next: a
/// folder that is being copied is loaded once, when it is whole. Files that were refused are not tried again before they change.
struct EditionWatcher: Service {
    let reloading: Reloading
    let clock: RequestClock
    let interval: Duration

    func run() async throws {
        var before = reloading.editions.state.stamps
        while await pause() {
            let now = reloading.editions.stamps()
            let state = reloading.editions.state
            let isNew = now != state.stamps || clock.now().today != state.attempted.today
            if isNew, now == before { _ = await reloading.attempt(cause: "change of files") }
            before = now
        }
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
