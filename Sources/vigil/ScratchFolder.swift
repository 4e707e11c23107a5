import Dispatch
import Foundation

/// A folder for what a run needs and nobody is to keep: only its owner reads it, and it goes with the run, be that interrupted.
///
/// Only an end that no program hears of (`kill -9`, a power cut) leaves it behind.
final class ScratchFolder {
    let path: String
    private var signals: [any DispatchSourceSignal] = []

    /// - Parameter name: what stands before the part of its name that is its own.
    init(_ name: String) throws {
        path = NSTemporaryDirectory() + "\(name)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        // That nobody reads the output any more is told by the write that fails.
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGHUP, SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [path] in
                try? FileManager.default.removeItem(atPath: path)
                // As it would have ended without this.
                signal(number, SIG_DFL)
                raise(number)
            }
            source.resume()
            signals.append(source)
        }
    }

    func remove() {
        for source in signals { source.cancel() }
        try? FileManager.default.removeItem(atPath: path)
    }
}
